import numpy as np
import pytest
from numpy.typing import NDArray

from asr.resampling import resample


def level(samples: NDArray[np.float32], rate: int, frequency: float) -> float:
    """Level in dB below full scale of what is at that frequency, the ends left out."""
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)))) / len(middle) * 4
    near = np.abs(np.fft.rfftfreq(len(middle), 1 / rate) - frequency) < 60
    return float(20 * np.log10(spectrum[near].max() + 1e-12))


def tone(frequency: float, rate: int) -> NDArray[np.float32]:
    return np.sin(2 * np.pi * frequency * np.arange(2 * rate) / rate).astype(np.float32)


@pytest.mark.parametrize("frequency", [500, 1000, 3000])
def test_going_up_leaves_no_mirror_image(frequency: int) -> None:
    up = resample(tone(frequency, 8000), 8000, 16000)
    assert level(up, 16000, frequency) == pytest.approx(0, abs=0.1)
    assert level(up, 16000, 8000 - frequency) < -90


@pytest.mark.parametrize("frequency", [4500, 6000, 7500])
def test_going_down_folds_nothing_back(frequency: int) -> None:
    down = resample(tone(frequency, 16000), 16000, 8000)
    assert level(down, 8000, 8000 - frequency) < -90


def test_it_lasts_as_long_as_before() -> None:
    assert len(resample(tone(440, 44100), 44100, 8000)) == 16000


def test_the_same_rate_changes_nothing() -> None:
    samples = tone(440, 8000)
    assert resample(samples, 8000, 8000) is samples
