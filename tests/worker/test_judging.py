"""A call with an agent is measured and scored once all its recordings were heard; without one it is only measured."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from sqlalchemy import select

from quality.rulebook import Rulebook
from recordings import ledger, users
from recordings.amendments import amend_rule
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.judgements import newest_score
from recordings.tables import Score
from tests.quality.conftest import RATE, RULES, silence, voice
from worker.pipeline import work_through
from worker.tools import Tools

BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def call(archive: Archive, tmp_path: Path) -> Callable[..., None]:
    """A call with these legs, {side: (seconds after the first, samples)}; each recording is named by its side."""

    def take(**legs: tuple[float, np.ndarray]) -> None:
        with archive.session() as s:
            ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="", line="", at=BEGIN)
            for side, (after, _) in legs.items():
                at = BEGIN + timedelta(seconds=after)
                ledger.request_recording(s, call_id="c", side=side, recording_id=side, at=at)
                ledger.recording_started(s, side, at)
            ledger.close_call(s, "c", "reported", BEGIN + timedelta(minutes=2))
        for side, (_, samples) in legs.items():
            soundfile.write(tmp_path / f"{side}.wav", samples, RATE, subtype="PCM_16")
            assert take_in(archive, side, tmp_path / f"{side}.wav", BEGIN + timedelta(minutes=2)) == "stored"

    return take


@pytest.fixture
def judging(tools: Callable[..., Tools]) -> Callable[[str], Tools]:
    def make(heard: str) -> Tools:
        made = tools(lambda: heard)
        return Tools(made.archive, made.engine, made.classifier, made.clock, Rulebook.of_folder(RULES))

    return make


def speech() -> np.ndarray:
    import soundfile as file

    return file.read(Path(__file__).parents[1] / "asr" / "audio" / "waiting.wav", dtype="float32")[0]


def test_a_call_is_judged_when_its_last_leg_was_heard(archive, call, judging):
    call(caller=(0.0, speech()), agent=(2.0, speech()))
    tools = judging("随便投诉")
    work_through(tools, "caller")
    with archive.reading() as s:
        assert newest_score(s, "c") is None
    work_through(tools, "agent")
    with archive.reading() as s:
        score = newest_score(s, "c")
        rude = next(finding for finding in score.findings if finding.rule == "forbidden.talking-back")
        assert (rude.words, rude.recording_id, rude.channel) == ("随便投诉", "agent", "agent")
        assert rude.at == pytest.approx(rude.second + 2.0)
        assert score.score < 100
        assert {measure.channel for measure in score.measures} == {"call", "agent", "caller"}


def test_doing_it_again_changes_nothing(archive, call, judging):
    from worker.judging import judge_call

    call(caller=(0.0, speech()), agent=(0.0, speech()))
    tools = judging("您好")
    for _ in range(2):
        for side in ("caller", "agent"):
            work_through(tools, side)
            judge_call(tools, side)
    with archive.reading() as s:
        assert len(s.scalars(select(Score)).all()) == 1


def test_a_message_without_an_agent_is_measured_and_not_scored(archive, call, judging):
    call(caller=(0.0, np.concatenate([voice(3, 200), silence(2)])))
    work_through(judging("停电"), "caller")
    with archive.reading() as s:
        score = newest_score(s, "c")
        assert (score.score, score.findings) == (None, [])
        caller = next(measure for measure in score.measures if measure.channel == "caller")
        assert caller.figures["voice"]["median"] == pytest.approx(200, abs=3)


def test_a_rule_that_was_switched_off_or_made_cheaper_in_the_console_holds_so_for_the_next_call(archive, call, judging):
    call(caller=(0.0, speech()), agent=(2.0, speech()))
    tools = judging("随便投诉")
    with archive.session() as s:
        by = {"user_id": users.add_user(s, name="root", password="long enough 1", at=BEGIN).id, "at": BEGIN}
        amend_rule(s, "forbidden.talking-back", points=-100, off=True, reason="a false alarm", **by)
        amend_rule(s, "closing.farewell", points=-1, off=False, reason="on trial", **by)
        amend_rule(s, "no.such-rule", points=-1, off=True, reason="of another file", **by)
    for side in ("caller", "agent"):
        work_through(tools, side)
    with archive.reading() as s:
        found = {finding.rule: finding.points for finding in newest_score(s, "c").findings}
    assert "forbidden.talking-back" not in found
    assert found["closing.farewell"] == -1
