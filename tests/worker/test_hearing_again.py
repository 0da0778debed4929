"""Recordings heard once more by another model: at once by their flow, later by the second models, by command."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lianxin.cli.retranscribe
import lianxin.worker_tools
from asr.errors import NotAudio
from asr.model_folder import TRIAL_MARK
from asr.models import TRIAL_MODEL
from lianxin.cli import main
from recordings import ledger, stages
from recordings.archive import Archive
from recordings.tables import Call, Recording
from triage.classifier import Classifier
from worker.attempt import attempt
from worker.pipeline import hear_again
from worker.tools import Tools

Record = Callable[..., str]
Make = Callable[..., Tools]


def large(tools: Make) -> Tools:
    """Tools with another engine, which hears better."""
    return tools(lambda: "电费多少", model="large")


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
    monkeypatch.setattr(lianxin.worker_tools, "load_classifier", lambda settings: classifier)
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
    for told in ("1 recordings were heard again with lianxin-trial-2.1; 0 could not be.", "0 recordings since"):
        assert told in retranscribe("--since", "yesterday")
    with archive.reading() as s:
        assert [one.model for one in s.get_one(Recording, "r").transcripts] == ["fake", "lianxin-trial-2.1"]


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
    assert "2 recordings were heard again with lianxin-trial-2.1, other" in retranscribe("--since", "yesterday")
    with archive.reading() as s:
        heard = {name: [one.model for one in s.get_one(Recording, name).transcripts] for name in ("plain", "angry")}
    assert heard == {"plain": ["fake", "lianxin-trial-2.1"], "angry": ["fake", "other"]}
    assert "0 recordings since" in retranscribe("--since", "yesterday")
