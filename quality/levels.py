"""The level of a leg, 10 ms at a time, and in which of them somebody speaks."""

import numpy as np
from numpy.typing import NDArray

from quality.stretches import Stretch, joined

FRAME = 0.01
"""Seconds over which a level is taken."""
QUIETEST = -100.0
"""dBFS that digital silence counts as; A-law's smallest step is at about -78 dBFS."""
MARGIN = 15.9
"""dB below the active speech level at which speech ends: ITU-T P.56 (12/2011), method B."""
HANGOVER = 0.2
"""Seconds for which speech goes on after its level fell: likewise P.56."""
CLICK = 0.08
"""Seconds of sound that are a click and no speech; the shortest syllables last a tenth of a second."""
NOBODY = -55.0
"""dBFS of active level below which nobody speaks: speech on a line lies around -26, idle noise near -65."""
OVER_NOISE = 6.0
"""dB that speech stands over the noise at least, where the noise is nearer than P.56's margin."""


def decibel(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """dBFS of mean squares; a square wave of full scale is 0."""
    level: NDArray[np.float32] = 10 * np.log10(np.maximum(power, 10 ** (QUIETEST / 10))).astype(np.float32)
    return level


def speech_threshold(levels: NDArray[np.float32]) -> float | None:
    """The level in dBFS from which a frame is speech; None when nobody speaks. `levels` has shape (frames,).

    P.56, method B: the active level is that of all energy spread over the frames above a threshold, and the threshold
    lies 15.9 dB under it. It is searched from below in steps of 1 dB. Where noise fills the pauses (its level: the
    10th percentile), the threshold stays 6 dB over it.
    """
    energy = float(np.sum(10.0 ** (levels.astype(np.float64) / 10)))
    for threshold in np.arange(QUIETEST, 0.0, 1.0):
        frames = int(np.count_nonzero(levels >= threshold))
        active = 10 * np.log10(energy / frames) if frames else NOBODY
        if active - threshold > MARGIN:
            continue
        if active <= NOBODY:
            return None
        noise = float(np.percentile(levels, 10)) + OVER_NOISE
        return float(threshold) if noise > active - OVER_NOISE else max(float(threshold), noise)
    return None


def speaking(levels: NDArray[np.float32]) -> tuple[Stretch, ...]:
    """Where somebody speaks: frames over the threshold, bridged over P.56's hangover, clicks left out."""
    threshold = speech_threshold(levels) if len(levels) else None
    if threshold is None:
        return ()
    loud = np.concatenate(([False], levels >= threshold, [False]))
    edges = np.flatnonzero(np.diff(loud.astype(np.int8)))
    pieces = (Stretch(float(start) * FRAME, float(end) * FRAME) for start, end in edges.reshape(-1, 2))
    return tuple(stretch for stretch in joined(pieces, HANGOVER) if stretch.seconds >= CLICK)
