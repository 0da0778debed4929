"""Requested = stored + absent + failed, or a sentence that says what is wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from recordings import ledger
from recordings.accounting import Account, Reason, account
from recordings.archive import Archive
from recordings.intake import take_in

Spool = Callable[..., Path]


def drawn_up(archive: Archive, now: datetime) -> Account:
    with archive.reading() as s:
        return account(s, archive.store, now)


def ask(archive: Archive, recording_id: str, now: datetime) -> str:
    with archive.session() as s:
        return ledger.request_recording(s, call_id="call-1", side="caller", recording_id=recording_id, at=now).id


def test_an_empty_archive_adds_up(archive: Archive, now: datetime) -> None:
    assert drawn_up(archive, now) == Account(0, 0, 0, 0, 0, (), ())
    assert drawn_up(archive, now).adds_up


def test_every_end_is_counted_with_its_reason(archive: Archive, call: str, spool: Spool, now: datetime) -> None:
    take_in(archive, ask(archive, "good", now), spool(1.0), now)
    take_in(archive, ask(archive, "mended", now), spool(1.0, stated=0, riff=0), now)
    for name in ("silent-1", "silent-2"):
        take_in(archive, ask(archive, name, now), spool(0.0, name=f"{name}.wav"), now)
    take_in(archive, ask(archive, "gone", now), Path("nowhere.wav"), now)
    found = drawn_up(archive, now)
    assert (found.requested, found.stored, found.absent, found.failed, found.in_progress) == (5, 2, 1, 2, 0)
    assert found.reasons[0] == Reason("failed", "the file holds no sound (0 s)", 2)
    assert set(found.reasons[1:]) == {
        Reason("stored", "mended in the store: its header was left unfinished", 1),
        Reason("absent", "no file was written", 1),
    }
    assert found.adds_up


def test_a_call_that_is_on_is_in_progress_while_its_controller_lives(
    archive: Archive, recording: str, now: datetime
) -> None:
    with archive.session() as s:
        ledger.beat(s, "controller:main", now)
    assert drawn_up(archive, now + timedelta(seconds=14)).in_progress == 1
    assert drawn_up(archive, now + timedelta(seconds=14)).adds_up
    forgotten = drawn_up(archive, now + timedelta(seconds=15))
    assert not forgotten.adds_up
    assert forgotten.problems == (
        "Recording rec-1 of call call-1 was requested at 2026-03-01 23:59:50 UTC and nobody works on it;"
        " start the controller of node main, which settles it.",
    )


def test_the_controller_of_another_node_does_not_count(archive: Archive, recording: str, now: datetime) -> None:
    with archive.session() as s:
        ledger.beat(s, "controller:north", now)
    assert not drawn_up(archive, now).adds_up


def test_a_recording_has_a_moment_to_be_taken_in_after_its_call(
    archive: Archive, recording: str, call: str, now: datetime
) -> None:
    with archive.session() as s:
        ledger.close_call(s, call, "hung-up", now)
        ledger.beat(s, "controller:main", now + timedelta(seconds=20))
    assert drawn_up(archive, now + timedelta(seconds=10)).adds_up
    assert not drawn_up(archive, now + timedelta(seconds=20)).adds_up


def test_a_stored_file_that_is_gone_is_missed(archive: Archive, recording: str, spool: Spool, now: datetime) -> None:
    take_in(archive, recording, spool(1.0), now)
    archive.store.remove("2026/03/01/rec-1.wav")
    found = drawn_up(archive, now)
    assert not found.adds_up
    assert "2026/03/01/rec-1.wav of call call-1 is missing" in found.problems[0]


def test_a_stored_file_that_was_cut_is_noticed(
    archive: Archive, recording: str, spool: Spool, tmp_path: Path, now: datetime
) -> None:
    take_in(archive, recording, spool(1.0), now)
    (tmp_path / "archive" / "2026/03/01/rec-1.wav").write_bytes(b"RIFF")
    assert "has 4 bytes and should have 16044" in drawn_up(archive, now).problems[0]


def test_a_stranger_in_the_store_is_named(archive: Archive, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "archive" / "stranger.wav").write_bytes(b"?")
    assert "holds stranger.wav, which no recording" in drawn_up(archive, now).problems[0]
    assert not drawn_up(archive, now).adds_up


def test_a_file_on_its_way_in_is_no_stranger(
    archive: Archive, recording: str, call: str, spool: Spool, now: datetime
) -> None:
    with archive.session() as s:
        ledger.beat(s, "controller:main", now)
    archive.store.put(spool(1.0), "2026/03/01/rec-1.wav")
    assert drawn_up(archive, now).adds_up


def test_a_file_that_changed_and_kept_its_size_is_found_when_the_contents_are_read(
    archive: Archive, recording: str, spool: Spool, now: datetime
) -> None:
    take_in(archive, recording, spool(1.0), now)
    (key,) = archive.store.keys()
    stored = Path(archive.store.url) / key
    stored.write_bytes(stored.read_bytes()[:-2] + b"!!")
    with archive.reading() as s:
        assert account(s, archive.store, now).adds_up
        (problem,) = account(s, archive.store, now, contents=True).problems
    assert key in problem
    assert "backup" in problem
