"""Taking a finished recording into the archive: look, copy, compare, note, and only then let go of the file."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import structlog

from recordings import ledger
from recordings.archive import Archive
from recordings.errors import BadWav, StoredFileMissing, StoreUnreachable
from recordings.store import BLOCK, AudioStore
from recordings.tables import Recording
from recordings.wav import Wav, read_wav

log = structlog.get_logger()

NO_FILE = "no file was written"
NOT_KEPT = "the copy in the store differs from the file"


def take_in(archive: Archive, recording_id: str, wav: Path, at: datetime) -> str:
    """Settle a recording whose file is closed; give its state: 'stored', 'absent' or 'failed'.

    A good file goes into the store and its row to the stage 'queued'; then the file is removed. A bad one stays where
    it is, with the reason in its row. Doing it again does no harm: a crash at any point is made good by the next try,
    and one that was absent or failed is looked at anew, for the file may have come late.
    Raises RecordingUnknown, StoreUnreachable and DatabaseUnreachable; the file is untouched then.
    """
    with archive.reading() as s:
        before = ledger.recording_of(s, recording_id, to_change=False)
        call_id = before.leg.call_id
    bound = log.bind(call=call_id, recording=recording_id)
    if before.state == "stored" and (_is_kept(archive.store, before) or not wav.is_file()):
        _let_go(wav, bound)
        return "stored"
    key = f"{before.requested_at:%Y/%m/%d}/{recording_id}.wav"
    try:
        found = read_wav(wav)
        with _as_it_should_be(wav, found) as copy:
            digest = _keep(archive.store, copy, key)
    except FileNotFoundError:
        return _settle(archive, recording_id, "absent", NO_FILE, at)
    except OSError as error:
        raise StoreUnreachable(
            f"{wav} cannot be taken in: {error.strerror or error}; mend that, it stays there"
        ) from error
    except BadWav as error:
        bound.warning("recording-bad", reason=str(error))
        return _settle(archive, recording_id, "failed", str(error), at)
    with archive.session() as s:
        recording = ledger.recording_of(s, recording_id)
        recording.state, recording.settled_at = "stored", at
        recording.reason = f"mended in the store: {found.mended}" if found.mended else ""
        recording.key, recording.sha256, recording.size = key, digest, archive.store.size(key)
        recording.duration = found.duration
        for message in recording.messages:
            open_end = message.ended_by == ledger.BROKEN_OFF and message.end == message.start
            message.end = found.duration if open_end else min(message.end, found.duration)
        if not recording.stage:
            recording.stage, recording.stage_at = "queued", at
        ledger.log_event(s, call_id, "recording-stored", at, recording=recording_id, seconds=round(found.duration, 3))
    _let_go(wav, bound)
    return "stored"


def _is_kept(store: AudioStore, recording: Recording) -> bool:
    try:
        return store.size(recording.key) == recording.size
    except StoredFileMissing:
        return False


@contextmanager
def _as_it_should_be(wav: Path, found: Wav) -> Iterator[Path]:
    """The file itself, or a copy with its header mended."""
    if not found.mended:
        yield wav
        return
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        copy = Path(folder) / wav.name
        with wav.open("rb") as source, copy.open("wb") as target:
            target.write(found.header())
            source.seek(found.start)
            shutil.copyfileobj(source, target, BLOCK)
            target.truncate(len(found.header()) + found.length)
        yield copy


def _keep(store: AudioStore, wav: Path, key: str) -> str:
    """Put a file into the store and give the SHA-256 of it. Raises BadWav when what lies there is not the same."""
    with wav.open("rb") as file:
        wanted = _sha256(file)
    store.put(wav, key)
    with store.open(key) as file:
        if _sha256(file) == wanted:
            return wanted
    store.remove(key)
    raise BadWav(NOT_KEPT)


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _settle(archive: Archive, recording_id: str, state: str, reason: str, at: datetime) -> str:
    settle = ledger.absent if state == "absent" else ledger.failed
    with archive.session() as s:
        settle(s, recording_id, reason, at)
        return ledger.recording_of(s, recording_id).state


def _let_go(wav: Path, bound: structlog.stdlib.BoundLogger) -> None:
    """Remove a file that is safely in the store. One that will not go is no loss, but said."""
    try:
        wav.unlink(missing_ok=True)
    except OSError as error:
        bound.warning("spool-file-stays", why=str(error))
