"""A leg's sound as measured from its samples, piece by piece: a call of two hours takes some megabytes."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.levels import FRAME, decibel
from quality.pitch import pitches, shape


@dataclass(frozen=True, slots=True, eq=False)
class LegSound:
    """What is kept of a leg's samples."""

    levels: NDArray[np.float32]
    """dBFS of each 10 ms, shape (frames,)."""
    pitches: NDArray[np.float32]
    """Hz every 20 ms, shape (n,); nan where there is none."""
    seconds: float
    """Length of the leg."""


def listen(blocks: Iterable[NDArray[np.float32]], rate: int) -> LegSound:
    """Measure a leg, given as blocks of samples of any length; mono, shape (n,), -1 to 1, `rate` samples a second."""
    frame = round(FRAME * rate)
    _, _, hop = shape(rate)
    levels, voice = [np.zeros(0, np.float32)], [np.zeros(0, np.float32)]
    rest = for_pitch = np.zeros(0, np.float32)
    count = 0
    for block in blocks:
        count += len(block)
        rest = np.concatenate((rest, block))
        whole = len(rest) // frame * frame
        levels.append(decibel(np.square(rest[:whole]).reshape(-1, frame).mean(axis=1)))
        rest = rest[whole:]
        for_pitch = np.concatenate((for_pitch, block))
        found = pitches(for_pitch, rate)
        voice.append(found)
        for_pitch = for_pitch[len(found) * hop :]
    return LegSound(np.concatenate(levels), np.concatenate(voice), count / rate)
