"""The reader's last correction of a call, and the form that takes it back; taking that back again is one more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from web.calls.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Undo:
    """One correction that can be taken back."""

    at: datetime
    """In the utility's zone."""
    text_id: str
    """The phrase that says what comes back."""
    back: str
    """What was there before: a category, or the words."""
    turn_id: int = 0
    """The turn that it is about, 0 for the category."""
    seen: int = 0
    """Id of the correction that is taken back."""


def undo_of(call: Sheet, user_id: int, name: str) -> Undo | None:
    """The newest correction on this call, if the reader made it and there was something before it."""
    newest = max(_corrections(call), key=lambda each: each[0].at, default=None)
    if newest is None:
        return None
    undo, by = newest
    return undo if by in (user_id, name) and undo.back else None


def _corrections(call: Sheet) -> Iterator[tuple[Undo, int | str]]:
    """The last correction of the category and of each turn, each with who made it."""
    if call.persons:
        word = call.persons[-1]
        yield Undo(word.at, "undo.category", word.before if word.before != word.category else ""), word.name
    for recording in call.recordings:
        for turn in recording.turns:
            if turn.fix:
                yield Undo(turn.fix.at, "undo.text", turn.fix.before, turn.id, turn.fix.id), turn.fix.user_id
