"""Sealing the sound of personal data: a tone in the open file, and what was there encrypted in a file beside it.

At any moment the open file and the sealed one together are the recording: the sealed file is written first and tried,
and only then is the open one replaced. Nothing is lost to a crash in between, and the next try finishes it.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, BinaryIO, cast

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from recordings.archive import Archive
from recordings.beeping import beeped, spans_of
from recordings.errors import SoundDamaged, StoreUnreachable
from recordings.ledger import recording_of
from recordings.original_sound import open_original
from recordings.originals import Stretch
from recordings.patched import Span, joined
from recordings.sealed_pieces import MAGIC, PIECE, Restored, sealed_key, write_piece
from recordings.sealing import Seal
from recordings.store import BLOCK, AudioStore, digest_of
from recordings.tables import Leg, Original, Recording, SealedSound, Transcript
from recordings.wav import read_open_wav

IN_HAND = timedelta(minutes=10)
"""How long a recording that is being sealed is left alone by others; two hours of sound take seconds."""


def lying_open(s: Session, at: datetime, limit: int | None = None, *, but: Sequence[str] = ()) -> list[str]:
    """Recordings, oldest first, in whose sound masked words lie open and which no stage of their call needs now.

    `but` names at most some hundreds that are not wanted: a database takes only so many names in one question.
    """
    wanted = select(Recording.id).where(lies_open_among_all(), _at_rest(at), Recording.id.not_in(but))
    return list(s.scalars(wanted.order_by(Recording.requested_at, Recording.id).limit(limit)))


def lying_open_of_call(s: Session, call_id: str, at: datetime) -> list[str]:
    """The same of one call."""
    legs = select(Leg.id).where(Leg.call_id == call_id)
    wanted = select(Recording.id).where(Recording.leg_id.in_(legs), lies_open(), _at_rest(at))
    return list(s.scalars(wanted.order_by(Recording.requested_at, Recording.id)))


def count_lying_open(s: Session) -> int:
    """How many recordings there are in whose sound masked words lie open."""
    return s.scalar(select(func.count()).select_from(Recording).where(lies_open_among_all())) or 0


def seal_sound(archive: Archive, seal: Seal, recording_id: str, at: datetime) -> bool:
    """Seal what is masked in the sound of a recording; False when it is in other hands or there is nothing to seal,
    or when it was removed meanwhile.

    What every transcript of it hides is sealed, whether the newest is masked or not. A transcript that comes to hide
    more while this goes on is sealed another time. Raises SoundDamaged when what lies in the store is not what was
    recorded, and BadWav, SealBroken, StoredFileMissing, StoreUnreachable, DatabaseUnreachable; the sound is left as it
    lies then.
    """
    with archive.session() as s:
        recording = recording_of(s, recording_id)
        if not s.scalar(select(exists().where(Recording.id == recording_id, lies_open(), _at_rest(at)))):
            return False
        recording.held_until = at + IN_HAND
        hidden = {original.transcript_id: original.hidden for original in _originals(s, recording_id)}
    stretches = sorted((float(each["start"]), float(each["end"])) for of in hidden.values() for each in of)
    row, done = None, False
    try:
        row, done = _seal(archive.store, seal, recording, stretches, at), True
    except OSError as problem:
        raise StoreUnreachable(f"recording {recording_id} was not sealed: {problem}; look at the disk") from problem
    finally:
        with archive.session() as s:
            still_there = _write_down(s, recording_id, row, hidden if done else {})
        if not still_there:  # Whoever removed it may have done so before the files were put.
            for key in (recording.key, sealed_key(recording.key)):
                archive.store.remove(key)
    return still_there


def _write_down(s: Session, recording_id: str, row: SealedSound | None, sealed: Mapping[int, object]) -> bool:
    """Let go of the recording and keep which transcripts' words lie open no more; False when it is not there now."""
    recording = s.get(Recording, recording_id, with_for_update=True)
    if recording is None:
        return False
    recording.held_until = None
    if row:
        s.merge(row)
    for original in _originals(s, recording_id):
        original.sound_sealed |= sealed.get(original.transcript_id) == original.hidden
    return True


def _seal(
    store: AudioStore, seal: Seal, recording: Recording, hidden: Sequence[Stretch], at: datetime
) -> SealedSound | None:
    name, key = recording.id, recording.key
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder, open_original(store, name, key, seal) as source:
        pieces, tone = Path(folder) / "pieces", Path(folder) / "tone"
        wav = read_open_wav(source)
        before = [(piece.first, piece.last) for piece in source.pieces] if isinstance(source, Restored) else []
        spans = joined([*spans_of(wav, hidden), *before])
        if not spans:
            return None
        _write_pieces(pieces, source, spans, lambda file, first, sound: write_piece(file, seal, name, first, sound))
        source.seek(0)
        _copy(cast(BinaryIO, beeped(source, wav, spans)), tone)
        with Restored(tone.open("rb"), pieces.open("rb"), seal, name) as again:
            if digest_of(cast(BinaryIO, again)) != recording.sha256:
                raise SoundDamaged(
                    f"recording {name} ({key}) is not what was stored; restore it from a backup, then it can be sealed"
                )
        with pieces.open("rb") as made:
            wanted = digest_of(made)
        store.put(pieces, sealed_key(key), read_back=True)
        store.put(tone, key, read_back=True)
        size = pieces.stat().st_size
        with tone.open("rb") as made:
            return SealedSound(
                recording_id=name,
                sealed_at=at,
                open_sha256=digest_of(made),
                sealed_sha256=wanted,
                sealed_size=size,
            )


def _write_pieces(
    path: Path, source: IO[bytes], spans: Sequence[Span], write: Callable[[BinaryIO, int, bytes], None]
) -> None:
    with path.open("wb") as file:
        file.write(MAGIC)
        for first, last in spans:
            for place in range(first, last, PIECE):
                source.seek(place)
                write(file, place, source.read(min(PIECE, last - place)))


def _copy(source: BinaryIO, path: Path) -> None:
    with path.open("wb") as file:
        while block := source.read(BLOCK):
            file.write(block)


def _originals(s: Session, recording_id: str) -> Sequence[Original]:
    wanted = select(Original).join(Transcript, Transcript.id == Original.transcript_id)
    return s.scalars(wanted.where(Transcript.recording_id == recording_id)).all()


def has_sealed_sound() -> ColumnElement[bool]:
    """Whether a recording has sealed pieces."""
    return exists().where(SealedSound.recording_id == Recording.id)


def lies_open() -> ColumnElement[bool]:
    """Whether some transcript of the recording hides what its sound still says: to ask of known recordings."""
    return _open_ones().where(Transcript.recording_id == Recording.id).correlate(Recording).exists()


def lies_open_among_all() -> ColumnElement[bool]:
    """The same, to ask of all recordings at once: found from the few originals that are open."""
    return Recording.id.in_(_open_ones())


def _open_ones() -> Select[str]:
    of = select(Transcript.recording_id).join(Original, Original.transcript_id == Transcript.id)
    return of.where(Original.sound_sealed.is_(False))


def _at_rest(at: datetime) -> ColumnElement[bool]:
    """Whether nobody has the recording in hand and every recording of its call is settled, heard and understood."""
    leg, others, other = aliased(Leg), aliased(Leg), aliased(Recording)
    unfinished = (
        select(other.id)
        .join(others, others.id == other.leg_id)
        .join(leg, leg.call_id == others.call_id)
        .where(leg.id == Recording.leg_id)
        .where(or_(other.state == "requested", other.stage.in_(("queued", "transcribed"))))
    )
    free = or_(Recording.held_until.is_(None), Recording.held_until <= at)
    return free & ~unfinished.exists()  # What has an original was stored.
