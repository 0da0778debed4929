"""Writing a note on a call, and withdrawing it. The notes themselves stand on the call's page."""

from flask import Blueprint, flash, request
from flask_login import current_user
from werkzeug.wrappers import Response

from recordings import notes
from recordings.errors import CallUnknown, NoteRefused, NoteUnknown, RecordingUnknown
from web.calls.coming_back import back_to_call, check_address
from web.calls.typed import masking
from web.errors import CallMissing
from web.notes.moment import read_moment
from web.parts import now, parts
from web.times import length

KEPT, REFUSED = "note-kept", "note-refused"
"""Kinds of what is said beside the notes, and not at the top of the page."""
LONGEST_MOMENT = 20
"""Characters of a moment that is none, as they are repeated."""

desk = Blueprint("notes", __name__)
desk.before_request(check_address)


@desk.post("/calls/<call_id>/notes", endpoint="write")
def write(call_id: str) -> Response:
    """Keep a note, on the moment that the form names; where that is none, or lies past the end, the page says so."""
    at = request.form.get("at", "").strip()
    recording, second = request.form.get("recording") or None, read_moment(at)
    text = request.form.get("text", "")
    try:
        with parts().archive.session() as s:
            kept = masking(s, call_id)(text)
            note = notes.add_note(s, call_id, current_user.id, kept, now(), recording_id=recording, second=second)
        if kept != text:
            flash(parts().text.pair("notes.masked"), KEPT)
        if at and second is None:
            flash(parts().text.pair("notes.no-moment", at=at[:LONGEST_MOMENT]), KEPT)
        elif second is not None and note.second is not None and note.second < round(second, 2):
            flash(parts().text.pair("notes.past-end", at=at[:LONGEST_MOMENT], end=length(note.second)), KEPT)
    except CallUnknown:
        raise CallMissing(call_id) from None
    except (NoteRefused, RecordingUnknown):
        flash(parts().text.pair("notes.refused", most=notes.LONGEST), REFUSED)
    return back_to_call(call_id, "notes")


@desk.post("/calls/<call_id>/notes/<int:note_id>/withdraw", endpoint="withdraw")
def withdraw(call_id: str, note_id: int) -> Response:
    """Take one's own note out of sight. 404 for somebody else's."""
    try:
        with parts().archive.session() as s:
            notes.withdraw_note(s, call_id, note_id, current_user.id, now())
    except NoteUnknown:
        raise CallMissing(call_id) from None
    return back_to_call(call_id, "notes")
