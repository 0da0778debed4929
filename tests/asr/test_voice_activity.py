from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import Audio
from asr.cutting import cut, quietest
from asr.stretch import Stretch
from asr.voice_activity import Gate, find_speech, merged, spoken

Noise = Callable[[int, float], NDArray[np.float32]]
RATE = 8000


def seconds(stretches: Iterable[Stretch]) -> float:
    return sum(stretch.end - stretch.start for stretch in stretches)


def white(samples: int, level: float) -> NDArray[np.float32]:
    noise = np.random.default_rng(3).standard_normal(samples) * 10 ** (level / 20)
    return noise.astype(np.float32)


@pytest.mark.parametrize("level", [-25, -40, -55])
def test_a_fan_and_a_hissing_line_are_nobody(fan: Noise, level: float) -> None:
    assert not list(find_speech(fan(20 * RATE, level), RATE))
    assert not list(find_speech(white(20 * RATE, level), RATE))


def test_keys_and_beeps_are_nobody() -> None:
    time = np.arange(10 * RATE) / RATE
    keys = 0.2 * (np.sin(2 * np.pi * 770 * time) + np.sin(2 * np.pi * 1336 * time)) * (time % 0.5 < 0.2)
    beep = 0.3 * np.sin(2 * np.pi * 1000 * time) * (time % 2 < 0.4)
    assert not list(find_speech(keys.astype(np.float32), RATE))
    assert not list(find_speech(beep.astype(np.float32), RATE))


@pytest.mark.parametrize("level", [-20, -35, -50])
@pytest.mark.parametrize("above_noise", [20, 10])
def test_a_soft_old_voice_beside_a_fan_is_let_through(
    speech: Callable[[str], Audio], truth: dict[str, Any], fan: Noise, level: float, above_noise: float
) -> None:
    voice = speech("old-caller.wav").samples  # at -20 dBFS
    line = voice * 10 ** ((level + 20) / 20) + fan(len(voice), level - above_noise)
    stretches = list(find_speech(line.astype(np.float32), RATE))
    starts = [word["start"] for sentence in truth["old-caller.wav"]["sentences"] for word in sentence["words"]]
    assert all(any(one.start <= start < one.end for one in stretches) for start in starts)


def test_the_pauses_are_left_out(speech: Callable[[str], Audio]) -> None:
    audio = speech("old-caller.wav")
    first, second, third = find_speech(audio.samples, audio.rate)
    assert second.start - first.end > 1.0
    assert third.start > second.end


def at_steps(pattern: str) -> list[tuple[float, float]]:
    """Probabilities of a tenth each for 0.1 s: "009" is silence, silence, speech."""
    return [(index / 10, int(digit) / 10) for index, digit in enumerate(pattern)]


def test_it_opens_high_and_closes_low() -> None:
    gate = Gate(opens=0.5, stays=0.3, shortest=0.0)
    assert list(spoken(at_steps("0446440"), gate, step=0.1)) == [Stretch(0.3, 0.6)]


def test_speech_to_the_very_end_is_kept() -> None:
    gate = Gate(opens=0.5, stays=0.3)
    assert list(spoken(at_steps("0099"), gate, step=0.1)) == [Stretch(0.2, pytest.approx(0.4))]


def test_a_click_is_nobody() -> None:
    gate = Gate(opens=0.5, stays=0.3, shortest=0.15)
    assert not list(spoken(at_steps("0090"), gate, step=0.1))


def test_short_gaps_are_joined_and_padding_stays_inside_the_leg() -> None:
    gate = Gate(padding=0.3, pause=0.6)
    apart = [Stretch(0.1, 1.0), Stretch(1.5, 2.0), Stretch(3.0, 4.0)]
    assert list(merged(apart, gate, 4.1)) == [Stretch(0.0, 2.3, voice=0.1), Stretch(2.7, 4.1, voice=3.0)]


def test_a_long_stretch_is_cut_where_it_is_quietest() -> None:
    samples = white(130 * RATE, -20)
    samples[50 * RATE : round(50.3 * RATE)] *= 0.01
    samples[105 * RATE : round(105.3 * RATE)] *= 0.01
    pieces = list(cut(Stretch(0.0, 130.0), samples, RATE))
    assert [piece.end for piece in pieces] == [pytest.approx(50.15, abs=0.1), pytest.approx(105.15, abs=0.1), 130.0]
    assert [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]


def test_without_a_quiet_point_it_is_cut_all_the_same() -> None:
    pieces = list(cut(Stretch(5.0, 200.0), np.zeros(200 * RATE, np.float32), RATE))
    assert all(0 < piece.end - piece.start <= 60 for piece in pieces)
    assert seconds(pieces) == pytest.approx(195.0)


def test_the_quietest_point_lies_between_its_bounds() -> None:
    assert 1.0 <= quietest(white(3 * RATE, -20), RATE, 1.0, 2.0) <= 2.0
