"""A recording's way into the archive: the good, the mended, the bad, and a crash at any point."""

import hashlib
import wave
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from recordings import ledger, stages
from recordings.archive import Archive
from recordings.errors import RecordingUnknown, StoreUnreachable
from recordings.intake import take_in
from recordings.tables import Call, Recording

Spool = Callable[..., Path]


def row(archive: Archive, recording_id: str = "rec-1") -> Recording:
    with archive.reading() as s:
        return s.get_one(Recording, recording_id)


def test_a_good_file_is_stored_queued_and_let_go(archive: Archive, recording: str, spool: Spool, now: datetime) -> None:
    file = spool(2.0)
    content = file.read_bytes()
    assert take_in(archive, recording, file, now + timedelta(hours=1)) == "stored"
    kept = row(archive)
    # The day is the one on which it was asked for, whenever it was taken in.
    assert kept.key == "2026/03/01/rec-1.wav"
    assert (kept.state, kept.stage, kept.reason, kept.duration) == ("stored", "queued", "", 2.0)
    assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    with archive.store.open(kept.key) as stored:
        assert stored.read() == content
    assert not file.exists()


def test_a_killed_asterisks_header_is_mended_in_the_store(
    archive: Archive, recording: str, spool: Spool, now: datetime
) -> None:
    file = spool(2.0, stated=0, riff=0, odd=1)
    samples = file.read_bytes()[44:-1]
    assert take_in(archive, recording, file, now) == "stored"
    kept = row(archive)
    assert kept.reason == "mended in the store: its header was left unfinished, half a sample at its end was cut"
    with archive.store.local(kept.key) as path, wave.open(str(path)) as heard:
        assert heard.readframes(heard.getnframes()) == samples
    with archive.store.open(kept.key) as stored:
        assert kept.sha256 == hashlib.sha256(stored.read()).hexdigest()
    assert kept.size == archive.store.size(kept.key)
    assert not file.exists()


def test_a_bad_file_fails_and_stays_where_it_is(archive: Archive, recording: str, spool: Spool, now: datetime) -> None:
    file = spool(0.0)
    assert take_in(archive, recording, file, now) == "failed"
    assert take_in(archive, recording, file, now) == "failed"
    kept = row(archive)
    assert (kept.state, kept.reason, kept.stage) == ("failed", "the file holds no sound (0 s)", "")
    assert file.exists()
    assert archive.store.keys() == []


def test_no_file_is_absent(archive: Archive, recording: str, tmp_path: Path, now: datetime) -> None:
    assert take_in(archive, recording, tmp_path / "nowhere.wav", now) == "absent"
    assert row(archive).reason == "no file was written"


def test_a_file_that_comes_late_is_taken_in_after_all(
    archive: Archive, recording: str, spool: Spool, tmp_path: Path, now: datetime
) -> None:
    with archive.session() as s:
        ledger.absent(s, recording, "the recording did not start", now)
    assert take_in(archive, recording, tmp_path / "nowhere.wav", now) == "absent"
    assert row(archive).reason == "the recording did not start"
    assert take_in(archive, recording, spool(1.0), now) == "stored"
    assert row(archive).reason == ""


def test_a_crash_between_store_and_books_is_made_good(
    archive: Archive, recording: str, spool: Spool, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = spool(1.0)

    class PowerFailure(BaseException):
        pass

    def fail(*_: Any, **__: Any) -> None:
        raise PowerFailure

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "log_event", fail)
        with pytest.raises(PowerFailure):
            take_in(archive, recording, file, now)
    assert row(archive).state == "requested"
    assert file.exists()
    assert archive.store.keys() == ["2026/03/01/rec-1.wav"]
    assert take_in(archive, recording, file, now + timedelta(days=1)) == "stored"
    assert archive.store.keys() == ["2026/03/01/rec-1.wav"]
    assert not file.exists()


def test_a_crash_between_books_and_spool_is_made_good(
    archive: Archive, recording: str, spool: Spool, now: datetime
) -> None:
    take_in(archive, recording, spool(1.0), now)
    with archive.session() as s:
        stages.finish(ledger.recording_of(s, recording), stages.UNDERSTOOD, now)
    left_over = spool(1.0)
    assert take_in(archive, recording, left_over, now) == "stored"
    assert not left_over.exists()
    assert row(archive).stage == "understood"


def test_a_copy_that_differs_is_not_kept(
    archive: Archive, recording: str, spool: Spool, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = spool(1.0)
    honest = archive.store.put

    def put_through_a_bad_cable(path: Path, key: str) -> None:
        garbled = path.with_suffix(".garbled")
        garbled.write_bytes(path.read_bytes()[:-2] + b"\xff\xff")
        honest(garbled, key)

    monkeypatch.setattr(archive.store, "put", put_through_a_bad_cable)
    assert take_in(archive, recording, file, now) == "failed"
    assert row(archive).reason == "the copy in the store differs from the file"
    assert archive.store.keys() == []
    assert file.exists()


def test_a_store_that_refuses_costs_nothing(
    archive: Archive, recording: str, spool: Spool, tmp_path: Path, now: datetime
) -> None:
    file = spool(1.0)
    (tmp_path / "archive" / "2026").write_text("in the way")
    with pytest.raises(StoreUnreachable, match="check the setting `store`"):
        take_in(archive, recording, file, now)
    assert row(archive).state == "requested"
    assert file.exists()
    (tmp_path / "archive" / "2026").unlink()
    assert take_in(archive, recording, file, now) == "stored"


def test_a_recording_that_nobody_asked_for_is_named(archive: Archive, spool: Spool, now: datetime) -> None:
    file = spool(1.0, name="stranger.wav")
    with pytest.raises(RecordingUnknown, match="no recording stranger"):
        take_in(archive, "stranger", file, now)
    assert file.exists()


def test_the_timeline_tells_what_became_of_it(archive: Archive, recording: str, spool: Spool, now: datetime) -> None:
    take_in(archive, recording, spool(1.25), now)
    with archive.reading() as s:
        last = s.get_one(Call, "call-1").events[-1]
    assert (last.kind, last.detail["seconds"]) == ("recording-stored", 1.25)
