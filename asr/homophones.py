"""The utility's own words, put right where the recogniser wrote others that sound alike.

Compared are syllables as pypinyin gives them. What Mandarin speakers of the south and old telephone lines do not keep
apart counts half: zh/z, ch/c, sh/s, n/l, f/h, r/l, and -n/-ng. A tone that differs counts a quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from pypinyin import Style, pinyin

from asr.transcript import Word

LIMITS = {2: 0.25, 3: 0.75}
"""Most that a word of so many characters may differ by; longer ones may as much as `LONG`. Short words have many
neighbours: of two syllables, only one tone may be another."""
LONG = 1.0
FAR = 2.0
"""Distance of two syllables that are not alike."""
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "h": "f", "r": "l"}


@dataclass(frozen=True, slots=True)
class Syllable:
    """How a character sounds."""

    initial: str
    final: str
    tone: str


class Lexicon:
    """Words that the utility wants to see written as they are. May be shared by threads."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        """Words of fewer than two characters are too short to be told from others, and are left out."""
        terms = sorted({word for word in words if len(word) > 1}, key=lambda word: (-len(word), word))
        self._terms = [(term, tuple(map(sound, term))) for term in terms]
        self._known = frozenset(terms)

    def repair(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words, with those that sound like one of ours replaced by it; `heard` keeps what the recogniser wrote.

        Only whole words are replaced, longest term first, each at most once. Times and all other words stay.
        """
        text = "".join(word.word for word in words)
        begins = [0, *accumulate(len(word.word) for word in words)]
        sounds = [sound(sign) for sign in text] if self._terms else []
        repaired, at = list[Word](), 0
        while at < len(words):
            term, behind = self._at(text, sounds, begins, at)
            repaired.append(_joined(words[at:behind], term) if term else words[at])
            at = behind
        return tuple(repaired)

    def _at(self, text: str, sounds: Sequence[Syllable], begins: Sequence[int], at: int) -> tuple[str, int]:
        """The term that the words from `at` on sound like, and behind which word they end; no term: the next word."""
        start = begins[at]
        for term, wanted in self._terms:
            end = start + len(term)
            if end not in begins[at + 1 :]:
                continue
            said = text[start:end]
            if said in self._known:
                break
            limit = LIMITS.get(len(term), LONG)
            if sum(distance(one, other) for one, other in zip(sounds[start:end], wanted, strict=True)) <= limit:
                return term, begins.index(end)
        return "", at + 1


def distance(one: Syllable, other: Syllable) -> float:
    """How far two syllables are apart: 0 the same, 0.25 another tone, 0.5 a part that is often mixed up, else `FAR`."""
    if one == other:
        return 0.0
    far = 0.25 * (one.tone != other.tone)
    for mine, theirs in ((one.initial, other.initial), (one.final, other.final)):
        if mine != theirs:
            if not mine or not theirs or _loose(mine) != _loose(theirs):
                return FAR
            far += 0.5
    return far


def _loose(part: str) -> str:
    return _INITIALS.get(part, part.removesuffix("g") if part.endswith("ng") else part)


@cache
def sound(sign: str) -> Syllable:
    """How a character sounds by itself; one without a reading sounds like nothing but itself."""
    toned = pinyin(sign, style=Style.TONE3, neutral_tone_with_five=True)[0][0]
    if toned == sign or not toned[-1].isdigit():
        return Syllable("", sign, "")
    initial = pinyin(sign, style=Style.INITIALS, strict=False)[0][0]
    return Syllable(initial, toned[len(initial) : -1] if toned.startswith(initial) else toned[:-1], toned[-1])


def _joined(words: Sequence[Word], term: str) -> Word:
    heard = "".join(word.word for word in words)
    least = min(word.confidence for word in words)
    return replace(words[0], word=term, end=words[-1].end, confidence=least, heard=heard)
