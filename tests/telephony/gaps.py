"""Where nothing came in: on a machine that stood still for a moment, sound comes late, and in between there is nothing.

A line with A-law on it is never quite zero, not even when it is silent; the phone writes zeros where no packet was
there to play. It throws no packet away, so what follows such a gap is what should have been there. A single lost packet
leaves zeros too, in its own place: a gap so short keeps its time.
"""

import numpy as np
from numpy.typing import NDArray

from tests.telephony.sounds import RATE, Samples

LOST = RATE // 20
"""Samples of zeros, up to which packets are taken for lost: two in a row."""
LATE = 2 * RATE
"""Samples of zeros, from which a gap is a silence: nobody meant to say anything."""


def without_gaps(heard: Samples) -> tuple[Samples, NDArray[np.intp]]:
    """What was heard without the gaps in it, and for each of its samples where it was."""
    edges = np.flatnonzero(np.diff(heard == 0, prepend=False, append=False))
    stays = np.ones(len(heard), bool)
    for start, end in edges.reshape(-1, 2):
        if LOST < end - start < LATE:
            stays[start:end] = False
    return heard[stays], np.flatnonzero(stays)
