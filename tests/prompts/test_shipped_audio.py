"""The shipped audio: the right format, evenly loud, with quiet edges, of a sensible length."""

import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ivr.prompts.catalogue import Catalogue, Prompt
from ivr.prompts.voices.mastering import active_level

PROMPTS = list(Catalogue.load())
SPOKEN = [prompt for prompt in PROMPTS if prompt.tone is None]


def samples_of(file: Path) -> NDArray[np.float64]:
    with wave.open(str(file)) as opened:
        assert (opened.getframerate(), opened.getnchannels(), opened.getsampwidth()) == (8000, 1, 2)
        return np.frombuffer(opened.readframes(opened.getnframes()), "<i2") / 32768


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt.id)
def test_it_is_even_in_loudness_and_never_clips(prompt: Prompt) -> None:
    samples = samples_of(Catalogue.load().audio(prompt.id))
    assert active_level(samples) == pytest.approx(-20, abs=1)
    assert 20 * np.log10(np.abs(samples).max()) < -3


@pytest.mark.parametrize("prompt", [p for p in PROMPTS if not (p.tone and p.tone.melody)], ids=lambda prompt: prompt.id)
def test_it_begins_and_ends_in_a_short_quiet(prompt: Prompt) -> None:
    samples = np.abs(samples_of(Catalogue.load().audio(prompt.id)))
    loud = np.flatnonzero(samples > 0.02)
    assert 0.01 <= loud[0] / 8000 <= 0.22  # a soft 三 takes as long to be loud
    assert 0.01 <= (len(samples) - loud[-1]) / 8000 <= 0.25
    assert samples[0] < 0.001
    assert samples[-1] < 0.001


@pytest.mark.parametrize("prompt", SPOKEN, ids=lambda prompt: prompt.id)
def test_its_length_fits_its_text(prompt: Prompt) -> None:
    characters = sum(1 for character in prompt.text if "\u4e00" <= character <= "\u9fff")
    seconds = len(samples_of(Catalogue.load().audio(prompt.id))) / 8000
    assert characters / 6 < seconds < characters / 1.6 + 0.5


def test_the_beep_is_a_thousand_hertz() -> None:
    samples = samples_of(Catalogue.load().audio("tone.beep"))
    spectrum = np.abs(np.fft.rfft(samples, 8000))
    assert abs(int(spectrum.argmax()) - 1000) <= 2
    assert len(samples) / 8000 == pytest.approx(0.28, abs=0.03)


def test_the_shipped_prompts_are_small_enough_for_the_repository() -> None:
    assert sum(Catalogue.load().audio(prompt.id).stat().st_size for prompt in PROMPTS) < 10_000_000
