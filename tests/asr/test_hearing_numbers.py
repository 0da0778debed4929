"""A process that hears numbers out of a recording that is still growing."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from asr.errors import ModelUnusable
from asr.hearing_numbers import growing, serve
from asr.models import TRIAL_MODEL
from ivr.prompts.catalogue import SHIPPED

RATE = 8000


@pytest.fixture(scope="module")
def recording(tmp_path_factory) -> Path:
    """Two seconds of quiet, then 3300000012 as a caller dictates it; its header is that of a file that grows."""
    file = tmp_path_factory.mktemp("numbers") / "growing.wav"
    digits = [soundfile.read(SHIPPED / f"digit.{digit}.wav", dtype="int16")[0] for digit in "3300000012"]
    soundfile.write(file, np.concatenate([np.zeros(2 * RATE, np.int16), *digits]), RATE, subtype="PCM_16")
    whole = bytearray(file.read_bytes())
    whole[40:44] = bytes(4)
    file.write_bytes(whole)
    return file


def answers(*questions: object) -> list[dict[str, str]]:
    answered = io.StringIO()
    asked = io.StringIO(
        "".join(f"{question if isinstance(question, str) else json.dumps(question)}\n" for question in questions)
    )
    serve(TRIAL_MODEL, asked, answered)
    return [json.loads(line) for line in answered.getvalue().splitlines()]


def test_a_number_is_heard_while_the_recording_grows_and_nothing_where_nothing_is_said(recording: Path) -> None:
    said, nothing, later = answers(
        {"file": str(recording), "start": 2.0, "end": 30.0},
        {"file": str(recording), "start": 0.0, "end": 1.5},
        {"file": str(recording), "start": 500.0, "end": 510.0},
    )
    assert (said, nothing, later) == ({"digits": "3300000012"}, {"digits": ""}, {"digits": ""})


def test_what_cannot_be_read_is_refused_with_its_reason_and_the_next_is_answered(
    recording: Path, tmp_path: Path
) -> None:
    missing, nonsense, no_stretch, good = answers(
        {"file": str(tmp_path / "gone.wav"), "start": 0, "end": 1},
        "not JSON",
        {"file": str(recording)},
        {"file": str(recording), "start": 2.0, "end": 30.0},
    )
    assert "gone.wav" in missing["refused"]
    assert "refused" in nonsense
    assert "start" in no_stretch["refused"]
    assert good == {"digits": "3300000012"}


def test_half_a_sample_at_the_end_is_left_out(recording: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.wav"
    cut.write_bytes(recording.read_bytes()[: 44 + 2 * RATE + 1])
    assert len(growing(cut, 0.5, 9.0)) == RATE - round(0.2 * RATE)


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable):
        serve(tmp_path, io.StringIO(), io.StringIO())
