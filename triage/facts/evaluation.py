"""How many facts are found, kind by kind, and how many that nobody told."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from triage.errors import TableInvalid
from triage.facts.extraction import extract
from triage.facts.fact import Fact, FactKind

BLIND = Path(__file__).parent / "sentences" / "blind.txt"
"""One sentence a line, after the side that says it and a tab; {kind=value|words} or {kind|words} marks a fact. Written
for the project by the meaning of the kinds, before what is there was run on it."""

_MARK = re.compile(r"\{(?P<kind>[a-z-]+)(?:=(?P<value>[^|}]*))?\|(?P<words>[^}]+)\}")


@dataclass(frozen=True, slots=True)
class Score:
    """How one kind fared."""

    told: int
    """Facts in the sentences."""
    found: int
    """Of those told, the ones that were found where they are, with the value that is marked, if one is."""
    named: int
    """Facts that were found, told or not."""
    right: int
    """Of those named, the ones that stand for a fact that was told."""


@dataclass(frozen=True, slots=True)
class _Told:
    kind: FactKind
    value: str | None
    start: int
    end: int

    def is_found_by(self, fact: Fact) -> bool:
        same = fact.kind is self.kind and fact.start < self.end and self.start < fact.end
        return same and self.value in (None, fact.value)

    def holds(self, fact: Fact) -> bool:
        return self.kind is FactKind.PROMISE and self.start <= fact.start < self.end


def evaluate(table: Path = BLIND) -> dict[FactKind, Score]:
    """Look for facts in every sentence and count. Raises TableInvalid where a line or a mark cannot be read."""
    told, found, named, right = (Counter[FactKind]() for _ in range(4))
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), start=1):
        side, tab, marked = line.partition("\t")
        if side not in ("caller", "agent") or not tab:
            raise TableInvalid(f"{table.name}, line {number}: begin with caller or agent and a tab")
        text, marks = _unmarked(marked, f"{table.name}, line {number}")
        facts = extract(text, agent=side == "agent")
        for mark in marks:
            told[mark.kind] += 1
            found[mark.kind] += any(mark.is_found_by(fact) for fact in facts)
        for fact in facts:
            if fact.kind is not FactKind.PROMISE and any(mark.holds(fact) for mark in marks):
                continue  # The time of a promise is part of it.
            named[fact.kind] += 1
            right[fact.kind] += any(mark.is_found_by(fact) for mark in marks)
    return {kind: Score(told[kind], found[kind], named[kind], right[kind]) for kind in FactKind}


def _unmarked(line: str, where: str) -> tuple[str, list[_Told]]:
    text, place, marks = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        if mark["kind"] not in set(FactKind):
            raise TableInvalid(f"{where}: {mark['kind']} is no kind; use one of {', '.join(FactKind)}")
        marks.append(_Told(FactKind(mark["kind"]), mark["value"], len(text), len(text) + len(mark["words"])))
        text, place = text + mark["words"], mark.end()
    return text + line[place:], marks
