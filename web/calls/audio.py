"""The sound of a recording, whole or in ranges, straight from the store."""

from collections.abc import Sequence
from typing import IO, cast

from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from recordings.beeping import beeped, spans_of
from recordings.errors import BadWav
from recordings.original_sound import open_original
from recordings.originals import Stretch, hidden_in
from recordings.tables import Leg, Recording
from recordings.wav import read_open_wav
from web.calls.in_full import in_full
from web.errors import AudioMissing, AudioNotMasked
from web.looking import note_looking
from web.parts import now, parts

desk = Blueprint("audio", __name__)


@desk.get("/calls/<call_id>/audio/<recording_id>.wav")
def recording(call_id: str, recording_id: str) -> Response:
    """A recording as WAV: 200, 206 for a range, 304 when unchanged, 416 for a range beyond its end, 404 when missing.

    Whoever may not know what is masked in this call hears a tone in its place. The audit says who listened to what and
    whether they heard that too, once in every ONE_LOOK: a browser fetches a recording in many pieces.
    """
    archive = parts().archive
    asked_for = select(Recording).join(Leg).where(Recording.id == recording_id, Leg.call_id == call_id)
    with archive.reading() as s:
        found = s.scalar(asked_for.where(Recording.state == "stored"))
        hidden = hidden_in(s, recording_id)
        whole = in_full(s, call_id)
    if found is None:
        raise AudioMissing(recording_id)
    if not whole and hidden is None and parts().seal:
        raise AudioNotMasked(recording_id)
    size = archive.store.size(found.key)
    etag = found.sha256
    sound: IO[bytes]
    if whole and parts().seal:
        sound = open_original(archive.store, recording_id, found.key, parts().seal)
    else:
        sound = archive.store.open(found.key)
        if hidden:
            sound, etag = _beeped(sound, hidden, recording_id), f"{etag}-{len(hidden)}"
    answer = Response(FileWrapper(sound), mimetype="audio/wav", direct_passthrough=True)
    answer.content_length = size
    answer.set_etag(etag)
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    if request.method == "GET":
        heard = "original-heard" if whole and hidden else "listened"
        note_looking(archive, current_user.id, heard, recording_id, now())
    return answer


def _beeped(file: IO[bytes], hidden: Sequence[Stretch], recording_id: str) -> IO[bytes]:
    try:
        wav = read_open_wav(file)
    except BadWav:
        raise AudioNotMasked(recording_id) from None  # Where its samples lie nobody can say: better no sound.
    file.seek(0)
    return cast(IO[bytes], beeped(file, wav, spans_of(wav, hidden)))
