"""How loud somebody speaks, against nobody but themselves, for lines and telephones differ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.levels import FRAME
from quality.stretches import Stretch

BLOCK = 0.5
"""Seconds of speech whose level is compared: two or three syllables, so that no single stressed one counts."""
BEFORE = 3.0
"""Seconds of one's own speech before, with which it is compared; half of it at least must be there."""
RISE = 8.0
"""dB. Loudness doubles with about 10 dB (ISO 532-1); 8 is plainly heard, and more than calm reading varies."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A sudden rise of the voice."""

    start: float
    """Seconds from the leg's first sample."""
    decibel: float
    """How much louder than the three seconds of own speech before."""


def spoken_frames(levels: NDArray[np.float32], stretches: tuple[Stretch, ...]) -> NDArray[np.bool_]:
    """Which of the 10 ms frames lie in the stretches, shape (frames,)."""
    inside = np.zeros(len(levels), np.bool_)
    for stretch in stretches:
        inside[round(stretch.start / FRAME) : round(stretch.end / FRAME)] = True
    return inside


def median_level(levels: NDArray[np.float32], inside: NDArray[np.bool_]) -> float | None:
    """Median of the level in dBFS while somebody speaks; None when nobody does."""
    return float(np.median(levels[inside])) if inside.any() else None


def rises(levels: NDArray[np.float32], inside: NDArray[np.bool_]) -> tuple[Rise, ...]:
    """Where the voice suddenly rose: a half second of speech 8 dB or more over the median of 3 s of speech before.

    Pauses do not count on either side. After a rise the next is looked for 3 s of speech later.
    """
    frames = np.flatnonzero(inside)
    size, many = round(BLOCK / FRAME), round(BEFORE / BLOCK)
    blocks = frames[: len(frames) // size * size].reshape(-1, size)
    loud = 10 * np.log10(np.mean(10.0 ** (levels[blocks].astype(np.float64) / 10), axis=1)) if len(blocks) else []
    found: list[Rise] = []
    at = many // 2
    while at < len(blocks):
        usual = float(np.median(loud[max(0, at - many) : at]))
        if loud[at] - usual >= RISE:
            found.append(Rise(_onset(levels, blocks[at - 1 : at + 1].ravel(), usual), float(loud[at] - usual)))
            at += many
        at += 1
    return tuple(found)


def _onset(levels: NDArray[np.float32], frames: NDArray[np.intp], usual: float) -> float:
    """The second at which it became louder, within the block or the one before it."""
    near = np.flatnonzero(levels[frames] >= usual + RISE - 2)
    return float(frames[near[0] if len(near) else len(frames) // 2]) * FRAME
