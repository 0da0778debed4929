"""The reader's last correction of a call, and the form that takes it back; taking that back again is one more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from recordings.fact_words import FactWord
from web.calls.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Undo:
    """One correction that can be taken back."""

    at: datetime
    """In the utility's zone."""
    by: int | str
    """Who made it: an account's id, or its name."""
    back: str
    """What was there before: a category, the words of a turn, or of a fact ('' where there was no such fact)."""
    turn_id: int = 0
    """The turn that it is about, 0 for the category and for facts."""
    fact: FactWord | None = None
    """The word on a fact that is taken back."""
    seen: int = 0
    """Id of the correction that is taken back."""


def undo_of(call: Sheet, user_id: int, name: str) -> Undo | None:
    """The newest correction on this call, if the reader made it and there was something before it."""
    undo = max(_corrections(call), key=lambda each: each.at, default=None)
    if undo is None or undo.by not in (user_id, name):
        return None
    return undo if undo.back or undo.fact else None


def _corrections(call: Sheet) -> Iterator[Undo]:
    """The last correction of the category, of each turn and of each fact."""
    if call.persons:
        word = call.persons[-1]
        yield Undo(word.at, word.name, word.before if word.before != word.category else "")
    for recording in call.recordings:
        for turn in recording.turns:
            if fix := turn.fix:
                yield Undo(fix.at, fix.user_id, fix.before, turn_id=turn.id, seen=fix.id)
    for _, facts in call.said:
        for fact in facts:
            if said := fact.last:
                yield Undo(said.at, said.user_id, said.before, fact=said, seen=said.id)
