"""Words in mid-speech that the voice detector takes for noise are heard all the same."""

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import read_audio
from asr.missed_voice import rejoined
from asr.stretch import Stretch
from asr.voice_activity import find_speech
from lianxin.evaluation.line import g711
from lianxin.evaluation.spoken import trial_set

RATE = 8000
BEFORE, AFTER = Stretch(0.0, 1.0), Stretch(2.4, 3.4)


def voice_with(between: float, dbfs: float, begin: float = 1.3) -> NDArray[np.float32]:
    """3.4 s in which somebody speaks at -20 dBFS but for the pause, and there so many seconds at another level."""
    sound = np.random.default_rng(5).standard_normal(round(3.4 * RATE)) * 0.1
    pause = np.arange(RATE, round(2.4 * RATE))
    sound[pause] *= 0.001
    said = slice(round(begin * RATE), round((begin + between) * RATE))
    sound[said] = np.random.default_rng(6).standard_normal(round(between * RATE)) * 10 ** (dbfs / 20)
    return sound.astype(np.float32)


def test_a_robot_is_heard_whole_where_the_detector_misses_a_second_of_it() -> None:
    sentence = next(each for each in trial_set().recordings if each.text.startswith("对，对，没有了"))
    line = g711(read_audio(sentence.file, "mix"))
    first = next(find_speech(line.samples, RATE))
    assert first.start < 0.3
    assert first.end > 3.0  # 没有了，从十点多 is said from 0.9 to 2.9 s


@pytest.mark.parametrize("level", [-20.0, -27.0])
def test_what_is_as_loud_as_the_voice_beside_it_is_speech(level: float) -> None:
    assert list(rejoined([BEFORE, AFTER], voice_with(0.6, level), RATE)) == [Stretch(0.0, 3.4)]


@pytest.mark.parametrize(("length", "level"), [(0.1, -20.0), (1.0, -33.0), (0.0, -20.0)])
def test_a_click_a_fan_and_a_quiet_line_leave_a_pause_a_pause(length: float, level: float) -> None:
    assert list(rejoined([BEFORE, AFTER], voice_with(length, level), RATE)) == [BEFORE, AFTER]


def test_a_long_pause_stays_one_whatever_sounds_in_it() -> None:
    sound = np.random.default_rng(7).standard_normal(5 * RATE).astype(np.float32) * 0.1
    late = Stretch(3.5, 4.5)
    assert list(rejoined([BEFORE, late], sound, RATE)) == [BEFORE, late]


def test_it_may_be_missed_several_times_in_a_row() -> None:
    sound = np.random.default_rng(8).standard_normal(6 * RATE).astype(np.float32) * 0.1
    parts = [Stretch(0.0, 1.0), Stretch(2.0, 3.0), Stretch(4.5, 6.0)]
    assert list(rejoined(parts, sound, RATE)) == [Stretch(0.0, 6.0)]
    assert list(rejoined([], sound, RATE)) == []
