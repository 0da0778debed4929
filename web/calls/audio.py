"""The sound of a call, of one recording or of all together, whole or in ranges, straight from the store."""

import hashlib
from collections.abc import Sequence
from typing import IO, cast

from flask import Blueprint, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from recordings.beeping import beeped, spans_of
from recordings.errors import BadWav
from recordings.original_sound import open_original
from recordings.originals import Stretch, hidden_in
from recordings.tables import Leg, Recording
from recordings.wav import read_open_wav
from web.calls.in_full import in_full
from web.calls.mixing import Mixed
from web.calls.talk import parts_of_call
from web.errors import AudioMissing, AudioNotJoined, AudioNotMasked
from web.looking import note_looking
from web.parts import now, parts

desk = Blueprint("audio", __name__)


@desk.get("/calls/<call_id>/audio/<recording_id>.wav")
def recording(call_id: str, recording_id: str) -> Response:
    """A recording as WAV: 200, 206 for a range, 304 when unchanged, 416 for a range beyond its end, 404 when missing.

    Whoever may not know what is masked in this call hears a tone in its place. The audit says who listened to what and
    whether they heard that too, once in every ONE_LOOK: a browser fetches a recording in many pieces.
    """
    asked_for = select(Recording).join(Leg).where(Recording.id == recording_id, Leg.call_id == call_id)
    with parts().archive.reading() as s:
        found = s.scalar(asked_for.where(Recording.state == "stored"))
        whole = in_full(s, call_id)
        if found is None:
            raise AudioMissing(recording_id)
        hidden = _hidden(s, recording_id, whole)
    size = parts().archive.store.size(found.key)
    answer = _answer(_sound(found.key, recording_id, hidden, whole), size, _tag(found.sha256, hidden, whole))
    _note_listening(recording_id, hidden, whole)
    return answer


@desk.get("/calls/<call_id>/audio/whole.wav", endpoint="whole")
def all_together(call_id: str) -> Response:
    """All stored recordings of a call as one WAV on one clock, likewise; who listened is noted for each of them."""
    with parts().archive.reading() as s:
        found, whole = parts_of_call(s, call_id), in_full(s, call_id)
        hidden = {part.id: _hidden(s, part.id, whole) for part in found}
    if not found:
        raise AudioMissing(call_id)
    files = [_sound(part.key, part.id, hidden[part.id], whole) for part in found]
    try:
        headers = [read_open_wav(file) for file in files]
    except BadWav:
        raise AudioNotJoined(call_id) from None
    if len({wav.rate for wav in headers}) > 1:
        raise AudioNotJoined(call_id)
    mixed = Mixed([(file, wav, part.begins) for file, wav, part in zip(files, headers, found, strict=True)])
    made_of = "\n".join(f"{_tag(part.sha256, hidden[part.id], whole)} {part.begins}" for part in found)
    answer = _answer(cast(IO[bytes], mixed), mixed.size, hashlib.sha256(made_of.encode()).hexdigest())
    for part in found:
        _note_listening(part.id, hidden[part.id], whole)
    return answer


def _hidden(s: Session, recording_id: str, whole: bool) -> Sequence[Stretch]:
    """What is masked in a recording. Raises AudioNotMasked where nobody knows yet and the reader may not hear all."""
    hidden = hidden_in(s, recording_id)
    if not whole and hidden is None and parts().seal:
        raise AudioNotMasked(recording_id)
    return hidden or ()


def _sound(key: str, recording_id: str, hidden: Sequence[Stretch], whole: bool) -> IO[bytes]:
    seal, store = parts().seal, parts().archive.store
    if whole and seal:
        return open_original(store, recording_id, key, seal)
    file: IO[bytes] = store.open(key)
    if not hidden or whole:
        return file
    try:
        wav = read_open_wav(file)
    except BadWav:
        raise AudioNotMasked(recording_id) from None  # Where its samples lie nobody can say: better no sound.
    file.seek(0)
    return cast(IO[bytes], beeped(file, wav, spans_of(wav, hidden)))


def _tag(sha256: str, hidden: Sequence[Stretch], whole: bool) -> str:
    return sha256 if whole or not hidden else f"{sha256}-{len(hidden)}"


def _answer(sound: IO[bytes], size: int, tag: str) -> Response:
    answer = Response(FileWrapper(sound), mimetype="audio/wav", direct_passthrough=True)
    answer.content_length = size
    answer.set_etag(tag)
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=size)
    return answer


def _note_listening(recording_id: str, hidden: Sequence[Stretch], whole: bool) -> None:
    if request.method == "GET":
        heard = "original-heard" if whole and hidden else "listened"
        note_looking(parts().archive, current_user.id, heard, recording_id, now())
