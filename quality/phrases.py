"""Phrases as a rule writes them, and finding them in what was said.

`这个我没办法` is itself. `帮/给…查/核实` is one of the words before the gap and, within eight characters of the same
sentence, one of those after it. `#7` is a number of seven digits or more, written or read out. `=是吗` is no homophone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Self

from quality.errors import RulesInvalid
from quality.sounds import KEY, LOOSE, heard_as, pattern_of, sound
from quality.spoken import Spoken, fold

NUMERALS = frozenset("0123456789零〇一二三四五六七八九十百千两半")
"""A phrase that begins with one begins where a number does: 四十五分钟 is not 十五分钟."""
GAP = 8
"""Characters that may lie in a gap; a longer one joins what does not belong together."""
WRITTEN = "="
"""Before a word that sounds like others all too often: it is found only as it is written."""
FILLERS = "啊呀呢吧嘛哦噢喔啦哈嗯额呃诶"
"""Particles that may stand around an utterance and do not change it."""
ADDRESSES = "先生|女士|小姐|大爷|大妈|阿姨|叔叔|师傅|同志|老人家|亲|那|那么|所以|但是|可是|反正"
"""What may stand before the beginning of what is said."""


class Match(StrEnum):
    """Where in an utterance a phrase counts."""

    SUBSTRING = "substring"
    """Anywhere."""
    PREFIX = "prefix"
    """Where a clause begins, after a form of address at most."""
    EXACT = "exact_utterance"
    """Only as a whole turn, particles around it aside."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase was said, as places in the folded characters."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...] = ()
    """What lay in its gaps."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a rule."""

    text: str
    """As the rule writes it."""
    match: Match
    pattern: re.Pattern[str]
    """Over what `keyed` makes of a text, a group for each part."""
    parts: tuple[tuple[str, ...], ...]
    """The words of each part, folded; none for a number."""

    @classmethod
    def parse(cls, text: str, match: Match = Match.SUBSTRING) -> Self:
        """Read one phrase. Raises RulesInvalid when a part of it says nothing."""
        parts: list[tuple[str, ...]] = []
        patterns: list[str] = []
        for part in text.split("…"):
            if number := re.fullmatch(r"#([1-9][0-9]?)", part.strip()):
                parts.append(())
                patterns.append(f"((?:\x00{_digit_sounds()}..){{{number[1]},}})")
                continue
            exact = {fold(word) for word in part.split("/") if word.strip().startswith(WRITTEN)}
            words = tuple(fold(word) for word in part.split("/"))
            if not all(words):
                raise RulesInvalid(f"phrase {text!r}: a part of it is empty; write words between … and /")
            longest_first = tuple(sorted(set(words), key=lambda word: (-len(word), word)))
            parts.append(longest_first)
            patterns.append("(" + "|".join(pattern_of(word, exact=word in exact) for word in longest_first) + ")")
        gap = f"(?:\x00...){{0,{GAP}}}?"
        return cls(text, match, re.compile(gap.join(patterns), re.DOTALL), tuple(parts))

    def found_in(self, said: Spoken) -> Iterator[Hit]:
        """Yield where it was said, each time."""
        at = 0
        while found := self.pattern.search(said.keyed, at * KEY):
            spans = [(found.start(part) // KEY, found.end(part) // KEY) for part in range(1, len(self.parts) + 1)]
            start, end = spans[0][0], spans[-1][1]
            if self._means_it(said, spans) and self._stands_right(said, start, end):
                yield Hit(start, end, tuple((one[1], other[0]) for one, other in pairwise(spans)))
                at = end
            else:
                at = start + 1

    def _means_it(self, said: Spoken, spans: Sequence[tuple[int, int]]) -> bool:
        inside = range(spans[0][0] + 1, spans[-1][1])
        if len(spans) > 1 and any(start in inside for start in said.sentences):
            return False
        for (start, end), words in zip(spans, self.parts, strict=True):
            if end - start < LOOSE and any(start < clause < end for clause in said.clauses):
                return False  # 找，不着急 is not 找不着.
            if _within_number(said.chars, start):
                return False
            heard = said.chars[start:end]
            if len(heard) >= LOOSE and words and not any(heard_as(w, heard) for w in words if len(w) == len(heard)):
                return False
        return True

    def _stands_right(self, said: Spoken, start: int, end: int) -> bool:
        if self.match is Match.PREFIX:
            return re.fullmatch(f"({ADDRESSES}|[{FILLERS}])*", said.clause_before(start)) is not None
        if self.match is Match.EXACT:
            rest = said.chars[:start] + said.chars[end:]
            return not rest.replace(said.chars[start:end], "").strip(FILLERS)
        return True


def _within_number(chars: str, at: int) -> bool:
    return at > 0 and chars[at] in NUMERALS and chars[at - 1] in NUMERALS


def _digit_sounds() -> str:
    """A digit as it stands among sounds; 两 and 幺 as people read numbers."""
    return "[0-9" + "".join(sorted(set(map(sound, "零〇一二三四五六七八九幺两")))) + "]"
