"""The sound of a recording, whole or in ranges, straight from the store."""

from datetime import datetime, timedelta

from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from recordings.tables import Audit, Leg, Recording
from web.errors import AudioMissing
from web.parts import now, parts

desk = Blueprint("audio", __name__)

ONE_LISTENING = timedelta(minutes=10)
"""How long listening to a recording counts as one time; whoever goes on is written down again."""


@desk.get("/calls/<call_id>/audio/<recording_id>.wav")
def recording(call_id: str, recording_id: str) -> Response:
    """A recording as WAV: 200, 206 for a range, 304 when unchanged, 416 for a range beyond its end, 404 when missing.

    The audit says who listened to what, once in every ONE_LISTENING: a browser fetches a recording in many pieces.
    """
    archive = parts().archive
    asked_for = select(Recording).join(Leg).where(Recording.id == recording_id, Leg.call_id == call_id)
    with archive.reading() as s:
        found = s.scalar(asked_for.where(Recording.state == "stored"))
    if found is None:
        raise AudioMissing(recording_id)
    size = archive.store.size(found.key)
    answer = Response(FileWrapper(archive.store.open(found.key)), mimetype="audio/wav", direct_passthrough=True)
    answer.content_length = size
    answer.set_etag(found.sha256)
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    if request.method == "GET":
        with archive.session() as s:
            _note_listening(s, current_user.id, recording_id, now())
    return answer


def _note_listening(s: Session, user_id: int, recording_id: str, at: datetime) -> None:
    """Write down that somebody listens, unless it was written a moment ago."""
    noted = select(Audit.id).where(
        Audit.target == recording_id,
        Audit.at > at - ONE_LISTENING,
        Audit.user_id == user_id,
        Audit.action == "listened",
    )
    if s.scalar(noted.limit(1)) is None:
        s.add(Audit(at=at, user_id=user_id, action="listened", target=recording_id))
