"""The ear for numbers: it answers, gives up in time, and is back after its process died."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
import soundfile

import lianxin.number_ear
from asr.models import TRIAL_MODEL
from ivr.number_ear import NoEar, Stretch
from ivr.prompts.catalogue import SHIPPED
from lianxin.desk import make_ear
from lianxin.number_ear import ModelEar
from lianxin.settings import Settings


@pytest.fixture
def said(tmp_path: Path) -> Stretch:
    """A recording in which 5 is said."""
    samples, rate = soundfile.read(SHIPPED / "digit.5.wav", dtype="int16")
    soundfile.write(tmp_path / "five.wav", samples, rate, subtype="PCM_16")
    return Stretch("five", 0.0, len(samples) / rate)


async def test_it_hears_and_is_back_after_its_process_died(said: Stretch, tmp_path: Path) -> None:
    ear = ModelEar(TRIAL_MODEL, tmp_path)
    assert ear.hears
    assert await ear.number(said) == "5"
    os.kill(ear.process_id, signal.SIGKILL)
    assert "5" in [await ear.number(said), await ear.number(said)]  # whoever asks while it dies is not answered
    await ear.close()


async def test_a_caller_does_not_wait_for_a_model_that_loads_too_long(said: Stretch, tmp_path, monkeypatch) -> None:
    ear = ModelEar(TRIAL_MODEL, tmp_path)
    with monkeypatch.context() as hasty:
        hasty.setattr(lianxin.number_ear, "LIMIT", 0.001)
        assert await ear.number(said) == ""
    assert await ear.number(Stretch("gone", 0.0, 1.0)) == ""
    assert await ear.number(said) == "5"
    await ear.close()


async def test_an_ear_that_cannot_be_started_understands_nothing_and_ends_no_call(said, tmp_path, monkeypatch) -> None:
    async def no_more_processes(*command: str, **how: object) -> None:
        raise OSError("no more processes")

    ear = ModelEar(TRIAL_MODEL, tmp_path)
    with monkeypatch.context() as full:
        full.setattr("asyncio.create_subprocess_exec", no_more_processes)
        await ear.get_ready()
        assert await ear.number(said) == ""
    assert await ear.number(said) == "5"
    await ear.close()


async def test_callers_at_once_share_one_process_and_one_that_hangs_is_replaced(said, tmp_path, monkeypatch) -> None:
    ear = ModelEar(TRIAL_MODEL, tmp_path)
    await asyncio.gather(*(ear.get_ready() for _ in range(3)))
    first = ear.process_id
    assert await asyncio.gather(ear.number(said), ear.number(said)) == ["5", "5"]
    assert ear.process_id == first
    os.kill(first, signal.SIGSTOP)
    with monkeypatch.context() as hasty:
        hasty.setattr(lianxin.number_ear, "LIMIT", 0.2)
        assert await ear.number(said) == ""
    assert "5" in [await ear.number(said), await ear.number(said)]
    assert ear.process_id != first
    await ear.close()


def test_nobody_is_asked_to_say_a_number_where_it_would_not_be_heard(tmp_path: Path) -> None:
    assert make_ear(Settings(var=tmp_path)).hears
    assert isinstance(make_ear(Settings(var=tmp_path, ivr={"spoken_numbers": False})), NoEar)
    assert isinstance(make_ear(Settings(var=tmp_path, asr={"model": "not-there"})), NoEar)
