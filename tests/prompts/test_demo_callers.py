"""The demo's callers: the right format, and understood by the trial model after a telephone line."""

import io
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

import lianxin.demo
from asr.audio import Audio
from asr.listen import transcribe
from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine
from lianxin.demo.callers import demo_callers
from lianxin.softphone.plan import HangUp, parse_plan

FOLDER = Path(lianxin.demo.__file__).parent / "callers"
CALLERS: list[dict[str, Any]] = tomllib.loads((FOLDER / "callers.toml").read_text("utf-8"))["callers"]
each_caller = pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller["id"])


@pytest.fixture(scope="module")
def engine() -> VoskEngine:
    return VoskEngine(TRIAL_MODEL)


def samples_of(caller: dict[str, Any]) -> NDArray[np.float32]:
    info = soundfile.info(FOLDER / caller["file"])
    assert (info.samplerate, info.channels, info.subtype, info.format) == (8000, 1, "PCM_16", "WAV")
    return soundfile.read(FOLDER / caller["file"], dtype="float32")[0]


def hanzi(text: str) -> str:
    return "".join(character for character in text if "\u4e00" <= character <= "\u9fff")


def test_there_are_two_of_each_in_several_voices() -> None:
    assert Counter(caller["expected"] for caller in CALLERS) == {"repair": 2, "billing": 2, "complaint": 2}
    assert len({caller["voice"] for caller in CALLERS}) == 6
    assert [caller.id for caller in demo_callers()] == [caller["id"] for caller in CALLERS]


def test_one_hangs_up_in_mid_sentence_and_one_talks_over_the_prompt() -> None:
    plans = {caller["about"]: parse_plan(caller["plan"], FOLDER / caller["file"]) for caller in CALLERS}
    assert isinstance(plans["hangs up in mid-sentence"][-1], HangUp)
    (over,) = (caller for caller in CALLERS if caller["about"] == "talks over the prompt")
    assert over["plan"].split(",")[-2:] == ["say", "#"]
    assert float(over["plan"].split(",")[2].removeprefix("wait:")) < 9


@each_caller
def test_it_is_telephone_sound_of_a_sensible_length(caller: dict[str, Any]) -> None:
    samples = samples_of(caller)
    assert 8 <= len(samples) / 8000 <= 14
    loud = np.flatnonzero(np.abs(samples) > 0.02)
    assert loud[0] / 8000 == pytest.approx(0.3, abs=0.1)
    assert (len(samples) - loud[-1]) / 8000 == pytest.approx(0.5, abs=0.15)
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / 8000)
    assert power[(hertz < 200) | (hertz > 3600)].sum() < power.sum() / 100


@each_caller
def test_it_is_understood_after_an_a_law_line(caller: dict[str, Any], engine: VoskEngine) -> None:
    line = io.BytesIO()
    soundfile.write(line, samples_of(caller), 8000, subtype="ALAW", format="WAV")
    line.seek(0)
    heard = transcribe(Audio(soundfile.read(line, dtype="float32")[0], 8000), engine).text
    assert jiwer.cer(hanzi(caller["said"]), hanzi(heard)) < 0.1
