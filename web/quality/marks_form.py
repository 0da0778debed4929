"""A sheet as a person fills it in: points for every item, with a reason where they are not the machine's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quality.rule import Item
from quality.sheet import WORTH, Sheet
from recordings.one_line import one_line
from recordings.reviews import Marked, Marks

REASON = 300
"""Characters of a reason."""
COMMENT = 500
"""Characters of the comment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the form."""

    item: str
    worth: int
    machine: int
    points: int
    reason: str
    trouble: bool
    """True when its reason is missing or too long, or its points are none of the item's."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The whole form, as it was sent or as it begins."""

    lines: tuple[Line, ...]
    machine_fatal: bool
    fatal: bool
    fatal_reason: str
    fatal_trouble: bool
    comment: str
    trouble: bool
    """True when it cannot be kept as it is."""

    def marks(self, mask: Callable[[str], str]) -> Marks:
        """What is to be kept, reasons and comment masked. Only of a form without trouble."""
        points = {Item(line.item): line.points for line in self.lines}
        rows = tuple(Marked(line.item, line.machine, line.points, mask(line.reason)) for line in self.lines)
        return Marks(rows, Sheet(points, self.fatal).score, self.fatal, mask(self.fatal_reason), mask(self.comment))


def machine_sheet(points: Mapping[str, int], fatal: bool) -> Sheet:
    """The machine's sheet as the archive keeps it; an item that it does not name is whole."""
    return Sheet({item: int(points.get(item.value, worth)) for item, worth in WORTH.items()}, fatal)


def begun(machine: Sheet, before: Marks | None = None) -> Filled:
    """The form before anybody touched it: as the review that counts has it, or as the machine does."""
    known = {mark.item: mark for mark in before.marks} if before else {}
    lines = []
    for item, worth in WORTH.items():
        mark = known.get(item.value)
        points, reason = (mark.points, mark.reason) if mark else (machine.points[item], "")
        lines.append(Line(item.value, worth, machine.points[item], points, reason, False))
    fatal, why, comment = (before.fatal, before.fatal_reason, before.comment) if before else (machine.fatal, "", "")
    return Filled(tuple(lines), machine.fatal, fatal, why, False, comment, False)


def read_marks(form: Mapping[str, str], machine: Sheet) -> Filled:
    """The form as it was sent, with what is wrong in it; nothing that was written is lost."""
    lines = tuple(_line(form, item, worth, machine.points[item]) for item, worth in WORTH.items())
    fatal, why = form.get("fatal") == "1", _text(form, "reason-fatal")
    fatal_trouble = len(why) > REASON or (fatal != machine.fatal and not why)
    comment = _text(form, "comment")
    trouble = fatal_trouble or len(comment) > COMMENT or any(line.trouble for line in lines)
    return Filled(lines, machine.fatal, fatal, why, fatal_trouble, comment, trouble)


def _line(form: Mapping[str, str], item: Item, worth: int, machine: int) -> Line:
    written, reason = form.get(f"points-{item}", ""), _text(form, f"reason-{item}")
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else -1
    known = 0 <= number <= worth
    trouble = not known or len(reason) > REASON or (number != machine and not reason)
    return Line(item.value, worth, machine, number if known else machine, reason, trouble)


def _text(form: Mapping[str, str], name: str) -> str:
    return one_line(form.get(name, ""))
