"""Sounds that are made, not said."""

import numpy as np

from ivr.prompts.catalogue import Tone
from ivr.prompts.voices.voice import Sound

RATE = 8000


def sine(tone: Tone) -> Sound:
    """A sine with 10 ms ramps, so that it does not click."""
    count = round(tone.seconds * RATE)
    wave = np.sin(2 * np.pi * tone.hertz * np.arange(count) / RATE)
    ramp = np.minimum(1.0, np.arange(count) / (0.01 * RATE))
    return Sound((0.25 * wave * ramp * ramp[::-1]).astype(np.float32), RATE)
