"""What `lianxin evaluate` does to a voice is what telephone lines do."""

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import Audio
from lianxin.evaluation.line import CONDITIONS, PACKET, RATE, g711, loss, noise


def tone(hertz: float, rate: int = 16000) -> Audio:
    return Audio((0.1 * np.sin(2 * np.pi * hertz * np.arange(4 * rate) / rate)).astype(np.float32), rate)


def power(samples: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.square(samples[RATE:-RATE]).mean() + 1e-12))


@pytest.mark.parametrize(("hertz", "passes"), [(100, False), (1000, True), (3000, True), (5000, False), (7000, False)])
def test_a_telephone_passes_the_middle_of_the_voice(hertz: float, passes: bool) -> None:
    line = g711(tone(hertz))
    assert line.rate == RATE
    assert (power(line.samples) > -25) == passes


def test_noise_is_as_far_below_the_voice_as_it_says() -> None:
    voice = tone(1000, RATE)
    for below in (20.0, 10.0):
        added = noise(voice, below).samples - g711(voice).samples
        assert power(added) == pytest.approx(power(voice.samples) - below, abs=0.6)


def test_one_packet_in_twenty_is_lost_and_the_rest_is_as_it_was() -> None:
    voice = tone(1000, RATE)
    whole, heard = g711(voice).samples, loss(voice, 0.05).samples
    packets = heard.reshape(-1, PACKET)
    lost = ~packets.any(axis=1)
    assert 0.02 < lost.mean() < 0.09
    np.testing.assert_array_equal(packets[~lost], whole.reshape(-1, PACKET)[~lost])


@pytest.mark.parametrize("name", CONDITIONS)
@pytest.mark.parametrize("length", [0, 1, 999])
def test_hardly_any_sound_is_no_trouble(name: str, length: int) -> None:
    heard = CONDITIONS[name](Audio(np.zeros(length, np.float32), 16000))
    assert heard.duration == pytest.approx(length / 16000, abs=0.001)
    assert np.isfinite(heard.samples).all()
