"""From a word to its phones: 21 initials and the finals with their tones, as the natural voice's corpus names them."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pypinyin import Style, pinyin

HERE = Path(__file__).parent

Syllables = tuple[str, ...]
"""Pinyin with a tone digit, one a character: ("ting2", "dian4")."""

_SINGLE = {"n": "en", "ng": "en", "m": "en", "hm": "en", "hng": "en", "ê": "ei"}
"""Sounds without a vowel of pinyin, and what they are said as."""
_NO_INITIAL = "^"


@dataclass(frozen=True)
class Pronouncing:
    """How words are read."""

    split: dict[str, list[str]]
    """Syllable without tone -> initial and final; the initial is ^ where there is none."""
    symbols: frozenset[str]
    """Everything the natural voice can say."""

    @classmethod
    def of_voice(cls, symbols: Path) -> "Pronouncing":
        """From the natural voice's table of symbols."""
        table = json.loads(symbols.read_text("utf-8"))
        return cls(table["pinyin_dict"], frozenset(table["symbol_to_id"]))

    @cached_property
    def exceptions(self) -> dict[str, list[Syllables]]:
        """The readings that are written down: readings.tsv."""
        lines = (HERE / "readings.tsv").read_text("utf-8").splitlines()
        rows = (line.split("\t") for line in lines if not line.startswith("#"))
        return {word: [tuple(each.split("-")) for each in readings.split()] for word, readings in rows}

    def readings(self, word: str) -> list[Syllables]:
        """Every reading of a word, the usual one first; none when a syllable cannot be said."""
        if word in self.exceptions:
            return self.exceptions[word]
        found = pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
        syllables = tuple(_plain(each[0]) for each in found)
        return [syllables] if all(self.can_say(each) for each in syllables) else []

    def can_say(self, syllable: str) -> bool:
        """Whether the natural voice has this syllable with this tone."""
        bare, tone = syllable[:-1], syllable[-1]
        return bare in self.split and self.split[bare][1] + tone in self.symbols

    def initial_and_final(self, syllable: str) -> tuple[str | None, str]:
        """ting2 -> t, ing2; an4 -> None, an4."""
        initial, final = self.split[syllable[:-1]]
        return (None if initial == _NO_INITIAL else initial), final + syllable[-1]

    def phones(self, syllables: Syllables) -> tuple[str, ...]:
        """The phones of a reading, one after another."""
        pairs = (self.initial_and_final(each) for each in syllables)
        return tuple(phone for pair in pairs for phone in pair if phone)


def _plain(syllable: str) -> str:
    """Pypinyin's spelling as the table has it: v for ü, a tone digit always."""
    bare, tone = re.fullmatch(r"(\D+)(\d?)", syllable.replace("ü", "v")).groups()  # type: ignore[union-attr]
    return _SINGLE.get(bare, bare) + (tone or "5")


def spoken(words: list[str], readings: list[Syllables]) -> list[str]:
    """The syllables after tone sandhi: 不 and 一 before a fourth tone, third tones in a row.

    The labels keep the tones of the dictionary: the network learns that a third tone may sound like a second.
    """
    plain = [
        (word, at, syllable)
        for word, reading in zip(words, readings, strict=True)
        for at, syllable in enumerate(reading)
    ]
    said = [syllable for _, _, syllable in plain]
    for at in range(len(plain) - 1):
        word, place, syllable = plain[at]
        next_word, next_place, following = plain[at + 1]
        hanzi, next_hanzi = word[place], next_word[next_place]
        before = plain[at - 1][0][plain[at - 1][1]] if at else ""
        if hanzi == "不" and following[-1] == "4":
            said[at] = "bu2"
        elif hanzi == "一" and syllable == "yi1" and not _counted(before, next_hanzi):
            said[at] = "yi2" if following[-1] == "4" or next_hanzi == "个" else "yi4"
        elif syllable[-1] == following[-1] == "3" and (next_place > 0 or len(word) == 1):
            said[at] = syllable[:-1] + "2"
    return said


NUMERALS = frozenset("零一二三四五六七八九十百千万幺两")


def _counted(before: str, following: str) -> bool:
    """Whether 一 is a numeral in a row or in an address, and keeps its tone."""
    return before in NUMERALS or following in NUMERALS or following in "月号楼单室房栋幢"
