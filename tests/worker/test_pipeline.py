"""A recording on its way through the pipeline: heard, understood, and what happens when that fails."""

import wave
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from asr.errors import NotAudio
from asr.models import resolve_model
from asr.vosk_engine import VoskEngine
from recordings import stages
from recordings.archive import Archive
from recordings.errors import StoreUnreachable
from recordings.outline import STEP
from recordings.tables import Call, Loudness, Recording
from worker.attempt import attempt
from worker.tools import Tools

Record = Callable[..., str]
Make = Callable[..., Tools]


def row(archive: Archive, recording_id: str) -> Recording:
    with archive.reading() as s:
        return s.get_one(Recording, recording_id)


def test_what_was_said_can_be_read_with_its_words_and_its_category(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    attempt(tools(), recorded("r", at=clock()))
    with archive.reading() as s:
        call = s.get_one(Call, "call-r")
        recording = call.legs[0].recordings[0]
        assert recording.stage == "understood"
        [transcript] = recording.transcripts
        assert (transcript.model, transcript.text[:2]) == ("fake", "停电")
        turn = transcript.turns[0]
        assert turn.text == "停电"
        assert turn.start == turn.words[0]["start"]
        assert set(turn.words[0]) == {"word", "start", "end", "confidence"}
        [verdict] = call.verdicts
        assert (verdict.category, verdict.second, verdict.urgency) == ("repair", "complaint", "urgent")
        assert verdict.evidence == [{"text": "停电", "start": 0, "end": 2}]
        assert verdict.transcript_id == transcript.id
        assert [event.kind for event in call.events][-2:] == ["transcribed", "triaged"]


def test_the_sound_is_measured_for_the_console_to_draw(archive: Archive, recorded: Record, tools: Make) -> None:
    attempt(tools(), recorded("r"))
    with archive.reading() as s:
        levels, seconds = s.get_one(Loudness, "r").levels, s.get_one(Recording, "r").duration
    assert seconds
    assert len(levels) == -(-seconds // STEP)
    assert max(levels) > 20


def test_the_real_recogniser_hears_a_prompt(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    engine = VoskEngine(resolve_model("", Path("nowhere")))
    attempt(replace(tools(), engine=engine), recorded("r", at=clock()))
    with archive.reading() as s:
        transcript = s.get_one(Recording, "r").transcripts[0]
        assert transcript.model == engine.name
        assert len(transcript.text) > 5
        assert all(0 <= word["start"] <= word["end"] for turn in transcript.turns for word in turn.words)


def test_working_through_again_changes_nothing(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    recorded("r", at=clock())
    for _ in range(3):
        attempt(tools(), "r")
        clock.later(60)
    with archive.reading() as s:
        assert len(s.get_one(Recording, "r").transcripts) == 1
        assert len(s.get_one(Call, "call-r").verdicts) == 1


def test_silence_is_a_transcript_and_its_category_is_other(
    archive: Archive, recorded: Record, tools: Make, clock: Any, tmp_path: Path
) -> None:
    with wave.open(str(tmp_path / "silence.wav"), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(b"\0\0" * 16000)
    attempt(tools(), recorded("r", tmp_path / "silence.wav", at=clock()))
    with archive.reading() as s:
        call = s.get_one(Call, "call-r")
        assert call.legs[0].recordings[0].transcripts[0].text == ""
        assert [(v.category, v.confidence, v.evidence) for v in call.verdicts] == [("other", 0.0, [])]


def test_an_agents_words_do_not_say_what_the_caller_wants(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    attempt(tools(), recorded("r", side="agent", at=clock()))
    with archive.reading() as s:
        assert s.get_one(Recording, "r").stage == "understood"
        assert s.get_one(Call, "call-r").verdicts == []


def test_the_third_failure_sets_it_aside_and_the_others_go_on(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    def fail() -> str:
        raise NotAudio("r.wav: no audio; send a WAV")

    recorded("bad", at=clock())
    recorded("good", at=clock())
    for tries in (1, 2):
        attempt(tools(fail), "bad")
        assert (row(archive, "bad").stage, row(archive, "bad").attempts) == ("queued", tries)
        clock.later(10)
    attempt(tools(fail), "bad")
    attempt(tools(), "good")
    assert (row(archive, "bad").stage, row(archive, "bad").problem) == ("set-aside", "r.wav: no audio; send a WAV")
    assert row(archive, "good").stage == "understood"


def test_a_failure_that_nobody_foresaw_is_noted_without_its_words(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    def fail() -> str:
        raise ZeroDivisionError("我的户号是 0123456789")

    attempt(tools(fail), recorded("r", at=clock()))
    assert row(archive, "r").problem == "unexpected ZeroDivisionError; the worker's log has all of it"


def test_a_file_lost_from_the_store_is_said_so(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    recorded("r", at=clock())
    archive.store.remove(row(archive, "r").key)
    attempt(tools(), "r")
    assert row(archive, "r").problem.startswith("the audio store has no 2026/03/01/r.wav")


def test_a_store_that_is_away_is_no_fault_of_the_recording(
    archive: Archive, recorded: Record, tools: Make, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded("r", at=clock())

    def away(key: str) -> None:
        raise StoreUnreachable("audio store s3://x: no route; check the setting `store`")

    with monkeypatch.context() as patch:
        patch.setattr(archive.store, "local", away)
        for _ in range(5):
            attempt(tools(), "r")
            assert (row(archive, "r").stage, row(archive, "r").attempts) == ("queued", 0)
            clock.later(10)
    attempt(tools(), "r")
    assert row(archive, "r").stage == "understood"


def test_only_what_is_not_done_is_done(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    """A worker died between the stages: the next one does not listen again."""
    recorded("r", at=clock())
    with archive.session() as s:
        stages.write_transcript(s, "r", model="fake", text="没有电了", turns=[], at=clock())

    def deaf() -> str:
        raise AssertionError("it was transcribed already")

    attempt(tools(deaf), "r")
    with archive.reading() as s:
        assert s.get_one(Recording, "r").stage == "understood"
        assert s.get_one(Call, "call-r").verdicts[0].evidence[0]["text"] == "没有"


def test_what_another_worker_has_in_hand_is_left_to_it(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    recorded("r", at=clock())
    with archive.session() as s:
        assert stages.claim(s, "r", stages.QUEUED, clock())
    attempt(tools(), "r")
    assert (row(archive, "r").stage, row(archive, "r").attempts) == ("queued", 1)


def test_a_message_about_an_unknown_recording_is_dropped(archive: Archive, tools: Make) -> None:
    attempt(tools(), "stranger")
    with archive.reading() as s:
        assert s.query(Recording).count() == 0


def test_made_at_is_the_workers_clock(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    attempt(tools(), recorded("r", at=clock()))
    with archive.reading() as s:
        assert s.get_one(Recording, "r").transcripts[0].made_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
