"""How a recording goes through the pipeline, and what happens when it does not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from recordings import stages
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.ledger import recording_of
from recordings.tables import Call, Recording, Transcript, Turn


@pytest.fixture
def queued(archive: Archive, recording: str, spool: Callable[..., Path], now: datetime) -> str:
    take_in(archive, recording, spool(1.0), now)
    return recording


def claim(archive: Archive, stage: str, at: datetime) -> bool:
    with archive.session() as s:
        return stages.claim(s, "rec-1", stage, at)


def fail(archive: Archive, at: datetime) -> bool:
    with archive.session() as s:
        return stages.failed_attempt(s, "rec-1", "the file is no audio", at)


def stalled(archive: Archive, older_than: datetime, at: datetime) -> list[str]:
    with archive.session() as s:
        return stages.stalled(s, older_than, at)


def transcribe(archive: Archive, at: datetime) -> Transcript | None:
    with archive.session() as s:
        turns = [Turn(start=0.1, end=0.9, text="没有电", words=[{"word": "没有", "start": 0.1}])]
        return stages.write_transcript(s, "rec-1", model="m", text="没有电", turns=turns, at=at)


def understand(archive: Archive, transcript: Transcript, at: datetime) -> bool:
    with archive.session() as s:
        written = stages.write_verdict(
            s, "rec-1", transcript_id=transcript.id, category="repair", second="", confidence=0.9,
            urgency="normal", evidence=[], at=at,
        )  # fmt: skip
        return written is not None


def test_the_way_from_queued_to_understood(archive: Archive, queued: str, now: datetime) -> None:
    assert claim(archive, stages.QUEUED, now)
    transcript = transcribe(archive, now)
    assert transcript is not None
    assert claim(archive, stages.TRANSCRIBED, now)
    assert understand(archive, transcript, now)
    with archive.reading() as s:
        recording = s.get_one(Recording, queued)
        assert (recording.stage, recording.attempts, recording.held_until) == ("understood", 0, None)
        call = s.get_one(Call, "call-1")
        assert [event.kind for event in call.events][-2:] == ["transcribed", "triaged"]
        assert "没有" not in str([event.detail for event in call.events])
        assert recording.transcripts[0].turns[0].words == [{"word": "没有", "start": 0.1}]
    assert stalled(archive, now + timedelta(days=1), now + timedelta(days=1)) == []


def test_only_one_worker_has_it_in_hand(archive: Archive, queued: str, now: datetime) -> None:
    assert claim(archive, stages.QUEUED, now)
    assert not claim(archive, stages.QUEUED, now + timedelta(seconds=14))
    with archive.session() as s:
        stages.hold(s, [queued], now + timedelta(seconds=14))
    assert not claim(archive, stages.QUEUED, now + timedelta(seconds=28))
    assert claim(archive, stages.QUEUED, now + timedelta(seconds=29))


def test_a_stage_that_is_over_or_not_reached_cannot_be_claimed(archive: Archive, queued: str, now: datetime) -> None:
    assert not claim(archive, stages.TRANSCRIBED, now)
    transcribe(archive, now)
    assert not claim(archive, stages.QUEUED, now)


def test_results_that_come_twice_are_kept_once(archive: Archive, queued: str, now: datetime) -> None:
    transcript = transcribe(archive, now)
    assert transcript is not None
    assert transcribe(archive, now) is None
    assert understand(archive, transcript, now)
    assert not understand(archive, transcript, now)
    with archive.reading() as s:
        assert len(s.get_one(Recording, queued).transcripts) == 1
        assert len(s.get_one(Call, "call-1").verdicts) == 1


def test_the_third_failure_sets_it_aside_with_its_problem(archive: Archive, queued: str, now: datetime) -> None:
    at = now
    for last in (False, False, True):
        assert claim(archive, stages.QUEUED, at)
        assert fail(archive, at) is last
        assert not claim(archive, stages.QUEUED, at), "it rests after a failure"
        at += timedelta(seconds=10)
    with archive.reading() as s:
        recording = s.get_one(Recording, queued)
        assert (recording.stage, recording.problem) == ("set-aside", "the file is no audio")
        assert s.get_one(Call, "call-1").events[-1].detail["problem"] == "the file is no audio"
    assert stalled(archive, at, at) == []


def test_a_success_wipes_out_the_failures_before_it(archive: Archive, queued: str, now: datetime) -> None:
    assert claim(archive, stages.QUEUED, now)
    fail(archive, now)
    transcribe(archive, now)
    with archive.reading() as s:
        assert (s.get_one(Recording, queued).attempts, s.get_one(Recording, queued).problem) == (0, "")


def test_what_kills_its_worker_three_times_is_set_aside(archive: Archive, queued: str, now: datetime) -> None:
    for times in range(3):
        assert claim(archive, stages.QUEUED, now + times * stages.HOLD)
    assert not claim(archive, stages.QUEUED, now + 3 * stages.HOLD)
    with archive.reading() as s:
        recording = s.get_one(Recording, queued)
        assert (recording.stage, recording.problem) == ("set-aside", "begun 3 times and never finished")


def test_lost_announcements_are_found_and_not_repeated_with_every_sweep(
    archive: Archive, queued: str, now: datetime
) -> None:
    ago = timedelta(seconds=600)
    assert stalled(archive, now - timedelta(seconds=1), now) == []
    assert stalled(archive, now, now + ago) == [queued]
    assert stalled(archive, now, now + ago) == []
    assert stalled(archive, now + ago, now + 2 * ago) == [queued]


def test_what_a_dead_worker_dropped_is_found_as_soon_as_its_hold_ends(
    archive: Archive, queued: str, now: datetime
) -> None:
    long_ago = now - timedelta(days=1)
    assert claim(archive, stages.QUEUED, now)
    assert stalled(archive, now + timedelta(seconds=14), now + timedelta(seconds=14)) == []
    assert stalled(archive, long_ago, now + timedelta(seconds=15)) == [queued]
    assert claim(archive, stages.QUEUED, now + timedelta(seconds=15))


def test_a_problem_too_long_for_its_column_is_cut(archive: Archive, queued: str, now: datetime) -> None:
    with archive.session() as s:
        stages.failed_attempt(s, queued, "x" * 1000, now)
        assert len(recording_of(s, queued).problem) == 300
