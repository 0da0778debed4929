"""Cutting long stretches, because a recogniser's word times drift in audio of many minutes."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from asr.loudness import FRAME, frame_powers
from asr.stretch import Stretch

LONGEST = 60.0
"""Seconds. Vosk's word times jump after some 10 to 20 minutes of one recogniser; a minute is far from that."""

BREATH = 0.2
"""Seconds over which it must be quiet where the cut goes: a short breath, longer than the closure of a consonant."""


def cut(stretch: Stretch, samples: NDArray[np.float32], rate: int, longest: float = LONGEST) -> Iterator[Stretch]:
    """Yield the stretch in pieces of at most `longest` seconds that meet at the quietest points.

    `samples` is the whole leg, mono, shape (n,). Each cut is looked for in the second half of what a piece may last,
    so no piece is a splinter but perhaps the last.
    """
    start, voice = stretch.start, stretch.voice
    while stretch.end - start > longest:
        at = quietest(samples, rate, start + longest / 2, start + longest)
        yield Stretch(start, at, voice)
        start = voice = at
    yield Stretch(start, stretch.end, voice)


def quietest(samples: NDArray[np.float32], rate: int, after: float, before: float) -> float:
    """The second between `after` and `before` around which 0.2 s are quietest."""
    powers = frame_powers(samples[round(after * rate) : round(before * rate)], rate)
    window = max(1, min(len(powers), round(BREATH / FRAME)))
    means = np.convolve(powers, np.full(window, 1.0 / window), mode="valid")
    return min(before, after + (int(np.argmin(means)) + window / 2) * FRAME)
