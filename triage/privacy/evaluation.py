"""How much personal data is masked, kind by kind, and how often something else is."""

import re
from dataclasses import dataclass
from pathlib import Path

from triage.errors import TableInvalid
from triage.privacy.finding import Kind
from triage.privacy.masking import redact

_FOLDER = Path(__file__).parent / "sentences"

SENTENCES = _FOLDER / "marked.txt"
"""One sentence a line, {kind|data} marks what must be masked. The rules were mended by these sentences."""

BLIND = _FOLDER / "blind.txt"
"""Likewise, written before the last changes of the rules and read only when they were done."""

_MARK = re.compile(r"\{(?P<kind>[a-z_]+)\|(?P<data>[^}]+)\}")


@dataclass(frozen=True, slots=True)
class Score:
    """How one kind fared."""

    said: int
    """Pieces in the sentences."""
    masked: int
    """Pieces of which not one character remained, under whatever label."""
    named: int
    """Of those masked, the pieces that were given their own label."""
    false_alarms: int
    """Pieces that were masked under this label where nothing of any kind was said."""

    @property
    def recall(self) -> float | None:
        """The share that was masked, or None where none was said."""
        return self.masked / self.said if self.said else None


def evaluate(table: Path = SENTENCES) -> dict[Kind, Score]:
    """Mask every sentence of the table and count.

    Raises TableInvalid where a mark names no kind.
    """
    said, masked, named, false = (dict.fromkeys(Kind, 0) for _ in range(4))
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), start=1):
        text, marks = _unmarked(line, f"{table.name}, line {number}")
        found = redact(text).found
        covered = {place for each in found for place in range(each.start, each.end)}
        true = {place for _, start, end in marks for place in range(start, end)}
        for kind, start, end in marks:
            said[kind] += 1
            if covered.issuperset(range(start, end)):
                masked[kind] += 1
                named[kind] += any(each.kind is kind for each in found if each.start < end and start < each.end)
        for each in found:
            false[each.kind] += true.isdisjoint(range(each.start, each.end))
    return {kind: Score(said[kind], masked[kind], named[kind], false[kind]) for kind in Kind}


def _unmarked(line: str, where: str) -> tuple[str, list[tuple[Kind, int, int]]]:
    text, place, marks = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        if mark["kind"] not in set(Kind):
            raise TableInvalid(f"{where}: {mark['kind']} is no kind; use one of {', '.join(Kind)}")
        marks.append((Kind(mark["kind"]), len(text), len(text) + len(mark["data"])))
        text, place = text + mark["data"], mark.end()
    return text + line[place:], marks
