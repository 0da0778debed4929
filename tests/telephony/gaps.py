"""Where nothing came in: on a machine that stood still for a moment, sound comes late, and in between there is nothing.

The phone writes whole frames of zeros where no packet was there to play. It throws no packet away, so what follows such
a gap is what should have been there. A single lost packet leaves zeros too, in its own place: a gap so short keeps its
time. Silence in A-law is never quite zero; in μ-law it is, but it is hardly ever whole frames long.
"""

import numpy as np
from numpy.typing import NDArray

from tests.telephony.sounds import RATE, Samples

FRAME = RATE // 50
"""Samples in a packet."""
LOST = RATE // 20
"""Samples of zeros, up to which packets are taken for lost: two in a row."""
LATE = 2 * RATE
"""Samples of zeros, from which a gap is a silence: nobody meant to say anything."""


def without_gaps(heard: Samples) -> tuple[Samples, NDArray[np.intp]]:
    """What was heard without the gaps in it, and for each of its samples where it was."""
    edges = np.flatnonzero(np.diff(heard == 0, prepend=False, append=False))
    stays = np.ones(len(heard), bool)
    for start, end in edges.reshape(-1, 2):
        if LOST < end - start < LATE and (end - start) % FRAME == 0:
            stays[start:end] = False
    return heard[stays], np.flatnonzero(stays)
