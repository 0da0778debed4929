"""The sound of a recording, whole or in ranges, straight from the store."""

from collections.abc import Sequence
from typing import IO, cast

from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from recordings.errors import BadWav
from recordings.originals import Stretch, hidden_in
from recordings.tables import Leg, Recording
from recordings.wav import read_open_wav
from web.calls.beeping import Beeped
from web.errors import AudioMissing, AudioNotMasked
from web.looking import note_looking
from web.parts import now, parts
from web.session.rights import Right

desk = Blueprint("audio", __name__)


@desk.get("/calls/<call_id>/audio/<recording_id>.wav")
def recording(call_id: str, recording_id: str) -> Response:
    """A recording as WAV: 200, 206 for a range, 304 when unchanged, 416 for a range beyond its end, 404 when missing.

    Whoever has no right to originals hears a tone in place of personal data. The audit says who listened to what, once
    in every ONE_LOOK: a browser fetches a recording in many pieces.
    """
    archive = parts().archive
    asked_for = select(Recording).join(Leg).where(Recording.id == recording_id, Leg.call_id == call_id)
    in_full = current_user.may(Right.ORIGINALS)
    with archive.reading() as s:
        found = s.scalar(asked_for.where(Recording.state == "stored"))
        hidden = hidden_in(s, recording_id)
    if found is None:
        raise AudioMissing(recording_id)
    if not in_full and hidden is None and parts().seal:
        raise AudioNotMasked(recording_id)
    size = archive.store.size(found.key)
    sound: IO[bytes] = archive.store.open(found.key)
    etag = found.sha256
    if hidden and not in_full:
        sound, etag = _beeped(sound, hidden, recording_id), f"{etag}-{len(hidden)}"
    answer = Response(FileWrapper(sound), mimetype="audio/wav", direct_passthrough=True)
    answer.content_length = size
    answer.set_etag(etag)
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    if request.method == "GET":
        note_looking(archive, current_user.id, "listened", recording_id, now())
    return answer


def _beeped(file: IO[bytes], hidden: Sequence[Stretch], recording_id: str) -> IO[bytes]:
    try:
        wav = read_open_wav(file)
    except BadWav:
        raise AudioNotMasked(recording_id) from None  # Where its samples lie nobody can say: better no sound.
    file.seek(0)
    return cast(IO[bytes], Beeped(file, wav, hidden))
