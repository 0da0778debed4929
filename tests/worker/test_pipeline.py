"""A recording on its way through the pipeline: heard, understood, and what happens when that fails."""

import shutil
import sys
import wave
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lianxin.cli.retranscribe
import lianxin.compose
from asr.errors import NotAudio
from asr.model_folder import TRIAL_MARK
from asr.models import TRIAL_MODEL, resolve_model
from asr.vosk_engine import VoskEngine
from lianxin.cli import main
from recordings import ledger, stages
from recordings.archive import Archive
from recordings.errors import StoreUnreachable
from recordings.outline import STEP
from recordings.tables import Call, Loudness, Recording
from triage.classifier import Classifier
from worker.attempt import attempt
from worker.pipeline import hear_again
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


def large(tools: Make) -> Tools:
    """Tools with another engine, which hears better."""
    made = tools(lambda: "电费多少")
    made.engine.name = "large"  # type: ignore[misc]
    return made


def test_another_model_hears_again_and_the_old_transcript_stays(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    attempt(tools(), recorded("r", at=clock()))
    clock.later(3600)
    assert hear_again(large(tools), "r")
    with archive.reading() as s:
        call = s.get_one(Call, "call-r")
        recording = call.legs[0].recordings[0]
        assert [(one.model, one.text) for one in recording.transcripts] == [("fake", "停电"), ("large", "电费多少")]
        assert recording.stage == "understood"
        assert [verdict.transcript_id for verdict in call.verdicts] == [one.id for one in recording.transcripts]
        assert [event.kind for event in call.events][-2:] == ["transcribed-again", "triaged"]


def test_only_what_another_model_heard_since_then_is_due(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    begin = clock()
    for name in ("old", "a", "b"):
        attempt(tools(), recorded(name, at=clock() if name != "old" else clock() - timedelta(days=2)))
    recorded("waiting", at=clock())
    with archive.reading() as s:
        assert stages.heard_by_others(s, begin, lambda path: "fake") == []
        assert stages.heard_by_others(s, begin, lambda path: "large") == ["a", "b"]
    hear_again(large(tools), "a")
    with archive.reading() as s:
        assert stages.heard_by_others(s, begin, lambda path: "large") == ["b"]


def test_a_call_is_heard_by_the_model_of_the_flow_that_it_came_into(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    both = replace(tools(), engines_by_flow={"complaint": large(tools).engine})
    for name, flows in {"plain": ("main", "repair"), "angry": ("main", "complaint", "person")}.items():
        recorded(name, at=clock())
        with archive.session() as s:
            for flow in flows:
                ledger.entered(s, f"call-{name}", flow, clock())
        attempt(both, name)
    with archive.reading() as s:
        heard = {name: s.get_one(Recording, name).transcripts[-1].model for name in ("plain", "angry")}
        assert heard == {"plain": "fake", "angry": "large"}
        assert stages.heard_by_others(s, clock(), lambda path: both.engine_for(path).name) == []
        assert stages.heard_by_others(s, clock(), lambda path: "fake") == ["angry"]


def test_what_cannot_be_heard_again_keeps_its_transcript(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    attempt(tools(), recorded("r", at=clock()))

    def fail() -> str:
        raise NotAudio("r.wav: gone bad")

    with pytest.raises(NotAudio):
        hear_again(tools(fail), "r")
    with archive.reading() as s:
        recording = s.get_one(Recording, "r")
        assert (recording.stage, len(recording.transcripts)) == ("understood", 1)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    """The real one, which takes a second to train, once."""
    return Classifier.trained()


@pytest.fixture
def retranscribe(var: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Callable[..., str]:
    """Runs the command on the archive of the test; gives what it prints."""
    monkeypatch.setattr(lianxin.compose, "load_classifier", lambda settings: classifier)
    for name, value in {"VAR": var, "DATABASE": f"sqlite:///{var}/lianxin.db", "STORE": var / "archive"}.items():
        monkeypatch.setenv(f"LIANXIN_{name}", str(value))

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["lianxin", "retranscribe", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0
        return str(capsys.readouterr().out)

    return run


def test_the_command_hears_what_is_due_once_and_leaves_the_rest_when_it_is_time_to_end(
    archive: Archive,
    recorded: Record,
    tools: Make,
    retranscribe: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempt(tools(), recorded("r"))
    with monkeypatch.context() as patch:
        patch.setattr(lianxin.cli.retranscribe, "next_time", lambda given, now: now)
        said = retranscribe("--since", "yesterday", "--until", "06:00")
    assert said.endswith("0 could not be; 1 are left for the next time.\n")
    for told in ("1 recordings were heard again with lianxin-trial; 0 could not be.", "0 recordings since"):
        assert told in retranscribe("--since", "yesterday")
    with archive.reading() as s:
        assert [one.model for one in s.get_one(Recording, "r").transcripts] == ["fake", "lianxin-trial"]


@pytest.mark.parametrize(("now", "day"), [("05:59", 1), ("06:00", 2), ("23:00", 2)])
def test_until_is_the_next_time_that_the_clock_shows_that(now: str, day: int) -> None:
    hour, minute = map(int, now.split(":"))
    at = datetime(2026, 3, 1, hour, minute, tzinfo=UTC)
    assert lianxin.cli.retranscribe.next_time("06:00", at) == datetime(2026, 3, day, 6, tzinfo=UTC)


def test_the_command_hears_each_flow_with_its_second_model(
    archive: Archive,
    var: Path,
    recorded: Record,
    tools: Make,
    retranscribe: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (var / "models").mkdir()
    shutil.copytree(TRIAL_MODEL, var / "models" / "other", ignore=shutil.ignore_patterns(TRIAL_MARK))
    monkeypatch.setenv("LIANXIN_ASR__SECOND_MODELS_BY_FLOW", '{"complaint": "other"}')
    for name in ("plain", "angry"):
        recorded(name)
    with archive.session() as s:
        ledger.entered(s, "call-angry", "complaint", datetime.now(UTC))
    for name in ("plain", "angry"):
        attempt(tools(), name)
    assert "2 recordings were heard again with lianxin-trial, other" in retranscribe("--since", "yesterday")
    with archive.reading() as s:
        heard = {name: [one.model for one in s.get_one(Recording, name).transcripts] for name in ("plain", "angry")}
    assert heard == {"plain": ["fake", "lianxin-trial"], "angry": ["fake", "other"]}
    assert "0 recordings since" in retranscribe("--since", "yesterday")
