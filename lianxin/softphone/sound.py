"""Audio files as the telephone carries them: 8 kHz, one channel, 16 bit."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.audio import read_audio
from asr.resampling import resample

RATE = 8000
"""Samples a second on a telephone line (G.711)."""


def read_sound(path: Path) -> NDArray[np.int16]:
    """Read any audio file, mix its channels and bring it to `RATE`. Raises what `asr.audio.read_audio` raises."""
    audio = read_audio(path, "mix")
    samples = resample(audio.samples, audio.rate, RATE)
    pcm: NDArray[np.int16] = np.clip(np.round(samples * 32767), -32768, 32767).astype(np.int16)
    return pcm
