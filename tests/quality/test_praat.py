"""The same as Praat says, within what two methods may differ by."""

import numpy as np
import parselmouth
import pytest
import soundfile

from quality.leg_sound import listen
from quality.pitch import HOP

VOICES = ("fallen-pole.wav", "higher-bill.wav", "nobody-came.wav")


@pytest.mark.parametrize("name", VOICES)
def test_pitch_of_a_spoken_sentence(name, request):
    """Six moments in seven within a semitone where both hear a pitch (the rest are octaves), and no bias."""
    samples, rate = soundfile.read(request.config.rootpath / "lianxin" / "demo" / "callers" / name, dtype="float32")
    ours = listen([samples], rate).pitches
    praat = parselmouth.Sound(samples.astype(float), rate).to_pitch_ac(pitch_floor=60, pitch_ceiling=500)
    middle = 0.021  # of the window and one longest period
    theirs = np.array([praat.get_value_at_time(number * HOP + middle) for number in range(len(ours))])
    both = np.isfinite(ours) & np.isfinite(theirs)
    assert both.sum() > 0.5 * np.isfinite(theirs).sum()
    semitones = 12 * np.log2(ours[both] / theirs[both])
    assert np.mean(np.abs(semitones) < 1) > 6 / 7
    assert abs(np.median(semitones)) < 0.25


@pytest.mark.parametrize("name", VOICES)
def test_level_of_a_spoken_sentence(name, request):
    samples, rate = soundfile.read(request.config.rootpath / "lianxin" / "demo" / "callers" / name, dtype="float32")
    power = np.mean(10.0 ** (listen([samples], rate).levels.astype(float) / 10))
    pascal = parselmouth.Sound(samples.astype(float), rate).get_rms()
    assert 10 * np.log10(power) == pytest.approx(20 * np.log10(pascal), abs=0.1)
