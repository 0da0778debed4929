"""Text as the search index holds it, and what is searched for likewise: overlapping pairs of signs, as written and as
heard.

Chinese has no spaces, and an index of whole words would find only words that it was told of. Pairs find every run of
signs, also inside a number: 停电了 is held as 停电 电了 了, and found by 停电, 电了, 停电了 as a phrase, and 停 as the
beginning of a pair (character k-grams, as in Manning, Raghavan and Schütze, Introduction to Information
Retrieval, 2.2.1).
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

ESCAPE = "ꀀ"
"""Stands before the number of a sign that is no letter or digit; a letter of Yi, which nobody here types."""
SYLLABLES_AT_MOST = 20
"""Syllables of a word typed in Latin letters; longer ones are no pinyin."""


def plain(text: str) -> str:
    """Text as it is compared: NFKC, lower case, without the commas that nobody said."""
    return unicodedata.normalize("NFKC", text.replace("，", "")).replace(",", "").lower()


def pairs(units: Sequence[str]) -> str:
    """Overlapping pairs of units, and the last one alone, joined by spaces."""
    return " ".join(first + second for first, second in zip(units, [*units[1:], ""], strict=False))


def runs(units: Sequence[str]) -> str:
    """The pairs, joined by spaces, that stand in a row wherever those two or more units do."""
    return " ".join(first + second for first, second in pairwise(units))


def signs(text: str) -> list[str]:
    """Every sign but spaces, as an index of words can hold it; ends of lines stay, so that no pair spans two."""
    return [_sign(sign) for sign in plain(text) if sign == "\n" or not sign.isspace()]


def sounds(text: str) -> list[str]:
    """The same with every Chinese sign as its syllable without tone: 停店 sounds as 停电 does."""
    return [_syllable(sign) for sign in plain(text) if sign == "\n" or not sign.isspace()]


def typed_sounds(term: str) -> list[str]:
    """The syllables of pinyin that was typed in Latin letters ('tingdian'); empty when it is none."""
    letters = plain(term).replace("'", "")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 6 * SYLLABLES_AT_MOST:
        return []
    ways: dict[int, list[str]] = {len(letters): []}
    """The rest from a place on as syllables, the longest possible first."""
    for start in range(len(letters) - 1, -1, -1):
        ends = range(min(len(letters), start + 6), start, -1)
        end = next((end for end in ends if end in ways and letters[start:end] in _syllables()), None)
        if end is not None:
            ways[start] = [letters[start:end], *ways[end]]
    return ways.get(0, [])


@lru_cache(maxsize=30_000)
def sound(sign: str) -> str:
    """How one sign sounds; empty for what nobody says, a comma or a space."""
    return (sounds(sign) or [""])[0].strip()


@lru_cache(maxsize=1000)
def sounds_of(term: str) -> list[str]:
    """The syllables by which a word is also found: typed ones, or its signs' own; empty for one syllable, or none.

    A single syllable is in nearly every call, so one sign is found only as it is written.
    """
    heard = sounds(term)
    return typed_sounds(term) or (heard if len(heard) > 1 and heard != signs(term) else [])


def _sign(sign: str) -> str:
    """Letters and digits are themselves; an index of words would drop all others, so they become words."""
    return sign if sign.isalnum() and ord(sign) < 0x10000 else f"{ESCAPE}{ord(sign):x}"


@lru_cache(maxsize=30_000)
def _syllable(sign: str) -> str:
    if not "一" <= sign <= "鿿":
        return _sign(sign)
    # Its tables take some 40 MB: only processes that read transcripts pay for them.
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(sign)[0])


def learn_syllables() -> None:
    """Read the tables of pinyin now; else the first who searches waits for them."""
    _syllables()


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    """Every syllable that a sign of the basic block has."""
    return frozenset(_syllable(chr(code)) for code in range(0x4E00, 0x9FA6)) - frozenset(" ")
