"""How characters sound, so that a recogniser's homophones do not hide a word.

Every character is read by itself and not in its phrase, so that the same character always sounds the same. That is a
choice: "管不了" and "管不料" are then no homophones, but nothing depends on how a whole sentence was cut into words.
"""

import re
from functools import cache

from pypinyin import Style, pinyin

FIRST_PRIVATE = 0xE000
"""Syllables become single characters of Unicode's private area: a pattern of sounds is then a plain regular one."""

ALIKE = str.maketrans("您妳得地她它", "你你的的他他")
"""Written apart and meant alike by these rules: 您 and 你, the three particles de, and 他 in its three writings."""

LOOSE = 4
"""Characters from which on a word may be heard with other tones."""

EVERYDAY = "是到向里前接教叫陪期带部"
"""So common that they were meant where they are written: in a short word they stand for no other character.

跟你说的是 is not 跟…的事, 一点前 not 一点钱, 刚接到 not 街道, 会陪您 not 会赔.
"""
NEVER = "有害"
"""For no other in a longer word either: 有什么事 is not 又什么事, 我害怕你 not 我还怕你."""

_syllables: dict[str, str] = {}
_readings: dict[str, str] = {}
KEY = 4
"""Characters that stand for one character of what was said, in a text that is searched: see `keyed`."""


@cache
def toned(character: str) -> str:
    """Its reading with the tone as a digit ('zhi1'); itself when it has none."""
    return pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0]


@cache
def sound(character: str) -> str:
    """One character that stands for its syllable without the tone; itself when it has no reading."""
    reading = toned(character)
    if reading == character or not reading[:-1].isalpha():
        return character
    return _syllables.setdefault(reading[:-1], chr(FIRST_PRIVATE + len(_syllables)))


@cache
def reading(character: str) -> str:
    """One character that stands for its syllable with the tone; itself when it has no reading."""
    toned_one = toned(character)
    if toned_one == character:
        return character
    return _readings.setdefault(toned_one, chr(FIRST_PRIVATE + 0x800 + len(_readings)))


def keyed(text: str) -> str:
    """A text to search: for each character a mark, its syllable, its syllable with the tone, and itself.

    One pattern can then ask of one place for a sound and of another for the very character.
    """
    return "".join(f"\x00{sound(each)}{reading(each)}{each}" for each in text)


def pattern_of(word: str, *, exact: bool = False) -> str:
    """A pattern over `keyed` text that finds what may be this word, as a recogniser hears it.

    A single character is itself only; in two or three the tones must agree; four and more are found by their
    syllables, and `heard_as` looks at the tones then. Everyday characters are taken for no other. `exact`: only the
    very characters.
    """
    if exact or len(word) == 1:
        return "".join(f"\x00..{re.escape(each)}" for each in word)
    if len(word) < LOOSE:
        return "".join(f"\x00.{re.escape(reading(each))}{_but(each, EVERYDAY + NEVER)}" for each in word)
    return "".join(f"\x00{re.escape(sound(each))}.{_but(each, NEVER)}" for each in word)


def _but(meant: str, kept: str) -> str:
    """Any character but those that are kept for themselves, unless it is meant."""
    return f"[^{kept.replace(meant, '')}]" if kept != meant else "."


def heard_as(meant: str, heard: str) -> bool:
    """Whether `heard` may be `meant`, as a recogniser hears it; both of the same length and without tones the same.

    Characters of the same syllable and tone are taken for each other in words of two or more; of the same
    syllable and another tone only in phrases of four or more, and for at most half of them. The shorter, the
    more words sound like it: 滚 and 棍 must not be one.
    """
    if meant == heard:
        return True
    if len(meant) < 2:
        return False
    loose = sum(toned(one) != toned(other) for one, other in zip(meant, heard, strict=True))
    return loose == 0 or (len(meant) >= LOOSE and loose <= len(meant) // 2)
