"""The sound of a recording, whole or in ranges, straight from the store."""

from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from recordings.tables import Leg, Recording
from web.errors import AudioMissing
from web.looking import note_looking
from web.parts import now, parts

desk = Blueprint("audio", __name__)


@desk.get("/calls/<call_id>/audio/<recording_id>.wav")
def recording(call_id: str, recording_id: str) -> Response:
    """A recording as WAV: 200, 206 for a range, 304 when unchanged, 416 for a range beyond its end, 404 when missing.

    The audit says who listened to what, once in every ONE_LOOK: a browser fetches a recording in many pieces.
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
        note_looking(archive, current_user.id, "listened", recording_id, now())
    return answer
