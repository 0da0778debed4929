"""From a line of Hanzi to syllables with tones, as they are spoken.

A line is written in Hanzi. A reading in braces belongs to the character before it and is taken as it stands:
重{chong2}听. Punctuation makes pauses; a space parts words where the segmenter would err. Syllables are pinyin with a
tone digit (5 is the neutral tone) and v for ü, after the usual changes of tone (third tones in a row, 不, 一).
"""

import functools
import logging
import re
from dataclasses import dataclass

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable

COMMA = 0.0
"""Seconds of silence added at a comma: the voices make a pause there themselves."""

PAUSES = {"、": COMMA, "，": COMMA, "；": 0.2, "：": 0.2, "。": 0.25, "！": 0.25, "？": 0.25}
"""Seconds of silence added after each punctuation mark."""

_READING = re.compile(r"\{([a-z]+[1-5])\}")
_NUMERALS = "零一二三四五六七八九十百千万"


@dataclass(frozen=True)
class Word:
    """Syllables that belong together."""

    hanzi: str
    syllables: tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """Words up to a punctuation mark, and the seconds of silence after it."""

    words: tuple[Word, ...]
    pause: float


def spell(line: str) -> list[Clause]:
    """The clauses of a line; raises VoiceBroken for anything that is neither Hanzi, punctuation nor a reading."""
    clauses = []
    for text, mark in re.findall(rf"([^{''.join(PAUSES)}]+)([{''.join(PAUSES)}]?)", line.strip()):
        plain, given = _take_readings(text)
        if not plain or not re.fullmatch(r"[\u4e00-\u9fff ]+", plain):
            raise VoiceBroken(f"cannot say {text!r}; write it in Hanzi, readings in braces like 重{{chong2}}听")
        clauses.append(Clause(_words(plain, given), PAUSES.get(mark, COMMA)))
    if not clauses:
        raise VoiceBroken(f"cannot say {line!r}; there is no word in it")
    return clauses


def _take_readings(text: str) -> tuple[str, dict[int, str]]:
    """The text without its braces, and the reading given for the n-th character (spaces not counted)."""
    plain, given = "", {}
    for part in re.split(r"(\{[^}]*\})", text):
        if reading := _READING.fullmatch(part):
            given[len(plain.replace(" ", "")) - 1] = reading[1]
        else:
            plain += part
    return plain, given


def _words(plain: str, given: dict[int, str]) -> tuple[Word, ...]:
    """Segment, look up the readings, put the given ones in, and change tones as a speaker does."""
    segmenter, pinyin = _tools()
    words = [word for part in plain.split() for word in segmenter.cut(part, HMM=False)]
    hanzi = "".join(words)
    found = [pinyin(word) for word in words]
    syllables = [given.get(at, syllable) for at, syllable in enumerate(s for word in found for s in word)]
    ends = {sum(len(word) for word in words[: count + 1]) - 1 for count in range(len(words))}
    spoken = [syllable if at in given else _spoken(at, hanzi, syllables, ends) for at, syllable in enumerate(syllables)]
    rest = iter(spoken)
    return tuple(Word(word, tuple(next(rest) for _ in word)) for word in words)


def _spoken(at: int, hanzi: str, syllables: list[str], ends: set[int]) -> str:
    """The syllable after tone sandhi with the one that follows."""
    syllable = syllables[at]
    if at + 1 == len(syllables):
        return syllable
    after = syllables[at + 1][-1]
    if hanzi[at] == "不" and after == "4":
        return "bu2"
    if hanzi[at] == "一":
        return _one(hanzi[at - 1] if at else "", hanzi[at + 1], after)
    if syllable[-1] == "3" and after == "3":
        same_word = at not in ends
        lone = at in ends and (at == 0 or at - 1 in ends)
        return syllable[:-1] + "2" if same_word or lone or at + 1 in ends else syllable
    return syllable


def _one(before: str, following: str, tone: str) -> str:
    """How 一 is said between two characters: as a numeral yi1, else by the tone that follows: 一次, 一起, 一百."""
    if before in tuple(_NUMERALS + "第") or following in tuple("零一二三四五六七八九十月号楼"):
        return "yi1"
    return "yi2" if tone == "4" or following == "个" else "yi4"


@functools.cache
def _tools():  # type: ignore[no-untyped-def]
    """The segmenter, and a function from a word to its syllables; loaded once, and only when a line is spelt."""
    try:
        import jieba
        import pypinyin
    except ImportError as error:
        raise VoiceUnavailable(
            f"{error.name} is missing; install it with: pip install 'lianxin-hotline[voice]'"
        ) from error
    jieba.setLogLevel(logging.ERROR)
    segmenter = jieba.Tokenizer()

    def pinyin(word: str) -> list[str]:
        style = pypinyin.Style.TONE3
        return [s.replace("ü", "v") for s in pypinyin.lazy_pinyin(word, style=style, neutral_tone_with_five=True)]

    return segmenter, pinyin
