"""Sounds that are made, not said."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ivr.prompts.catalogue import Note, Tone
from ivr.prompts.voices.voice import Sound

RATE = 8000
RING = 1.5
"""Seconds for which the last note dies away."""


def sine(tone: Tone) -> Sound:
    """A sine with 10 ms ramps, so that it does not click."""
    count = round(tone.seconds * RATE)
    wave = np.sin(2 * np.pi * tone.hertz * np.arange(count) / RATE)
    ramp = np.minimum(1.0, np.arange(count) / (0.01 * RATE))
    return Sound((0.25 * wave * ramp * ramp[::-1]).astype(np.float32), RATE)


def music(notes: Sequence[Note]) -> Sound:
    """A melody as a music box plays it: soft, each note dying away under the next ones."""
    count = round((sum(note.seconds for note in notes) + RING) * RATE)
    sound = np.zeros(count)
    begin = 0.0
    for note in notes:
        if note.hertz:
            first = round(begin * RATE)
            struck = _struck(note.hertz, (count - first) / RATE)
            sound[first : first + len(struck)] += struck
        begin += note.seconds
    return Sound((0.25 * sound / np.abs(sound).max()).astype(np.float32), RATE)


def _struck(hertz: float, left: float) -> NDArray[np.float64]:
    """One note: the first three partials, higher ones weaker and shorter, with an attack of 12 ms."""
    time = np.arange(round(min(RING + 1.0, left) * RATE)) / RATE
    partials = sum(np.sin(2 * np.pi * hertz * n * time) * np.exp(-time * 1.6 * n) / n**2 for n in (1, 2, 3))
    fade = np.clip((RING + 1.0 - time) / 0.2, 0.0, 1.0)
    return np.asarray(partials * np.minimum(1.0, time / 0.012) * fade)
