"""Notes that people write on a call or on a moment of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recordings.errors import NoteRefused, NoteUnknown
from recordings.ledger import call_of, recording_of
from recordings.one_line import one_line
from recordings.tables import Note

LONGEST = 500
"""Characters of a note."""


def add_note(
    s: Session,
    call_id: str,
    user_id: int,
    text: str,
    at: datetime,
    *,
    recording_id: str | None = None,
    second: float | None = None,
) -> Note:
    """Write a note, on a second of a recording of that call where one is given.

    The same words of the same person on the same second, sent twice, are one note. Raises CallUnknown,
    RecordingUnknown, and NoteRefused for no text, one too long, or a recording of another call. A second past the end
    is taken for the end: the words must not be lost over it.
    """
    text = one_line(text)
    if not 0 < len(text) <= LONGEST:
        raise NoteRefused(f"a note has 1 to {LONGEST} characters; this one has {len(text)}")
    call_of(s, call_id)
    if recording_id is None or second is None:
        recording_id = second = None
    else:
        recording = recording_of(s, recording_id, to_change=False)
        if recording.leg.call_id != call_id:
            raise NoteRefused(f"recording {recording_id} is of another call; choose a moment of this one")
        second = min(second, recording.duration or 0.0)
        second = round(second, 2)
    same = (Note.call_id == call_id, Note.user_id == user_id, Note.text == text, Note.withdrawn_at.is_(None))
    for known in s.scalars(select(Note).where(*same)):
        if (known.recording_id, known.second) == (recording_id, second):
            return known
    note = Note(call_id=call_id, recording_id=recording_id, second=second, user_id=user_id, made_at=at, text=text)
    s.add(note)
    s.flush()
    return note


def withdraw_note(s: Session, call_id: str, note_id: int, user_id: int, at: datetime) -> None:
    """Take a note of one's own out of sight; it stays in the books. Raises NoteUnknown, also for others' notes."""
    note = s.get(Note, note_id)
    if note is None or note.call_id != call_id or note.user_id != user_id:
        raise NoteUnknown(f"there is no note {note_id} of yours on call {call_id}; reload the page")
    note.withdrawn_at = note.withdrawn_at or at


def notes_of_call(s: Session, call_id: str) -> Sequence[Note]:
    """The notes in sight, in the order of their moments; those on the call as a whole come first."""
    wanted = select(Note).where(Note.call_id == call_id, Note.withdrawn_at.is_(None)).options(joinedload(Note.user))
    return sorted(s.scalars(wanted), key=lambda note: (-1.0 if note.second is None else note.second, note.id))
