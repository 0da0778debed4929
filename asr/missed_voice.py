"""Voice that the detector misses in mid-speech: a pause in which it is as loud as in the speech around it is none.

Silero takes unusual voices over a narrow line for noise for up to a second, and the words in it would be lost.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from asr.loudness import FRAME, frame_powers
from asr.stretch import Stretch

LONGEST = 2.0
"""Seconds of a pause that may be speech after all; what is longer the detector has had time to judge."""
SOFTER = 10.0
"""dB below the louder of its neighbours down to which sound in a pause is taken for theirs. Noise that comes so near to
a voice leaves little to be heard anyway."""
ENOUGH = 0.2
"""Seconds of such sound, all together, that make a pause speech: a syllable; a click or a breath is shorter."""


def rejoined(stretches: Iterable[Stretch], samples: NDArray[np.float32], rate: int) -> Iterator[Stretch]:
    """Yield the stretches, those as one between which somebody went on speaking; `samples` mono, shape (n,)."""
    powers = frame_powers(samples, rate)
    held: Stretch | None = None
    for stretch in stretches:
        if held and stretch.start - held.end <= LONGEST and _goes_on(powers, held, stretch):
            held = Stretch(held.start, stretch.end)
            continue
        if held:
            yield held
        held = stretch
    if held:
        yield held


def _goes_on(powers: NDArray[np.float32], before: Stretch, after: Stretch) -> bool:
    voice = max(_loud(_within(powers, side.start, side.end)) for side in (before, after))
    between = _within(powers, before.end, after.start)
    as_loud = int(np.count_nonzero(between >= voice * 10 ** (-SOFTER / 10)))
    return voice > 0.0 and as_loud * FRAME >= ENOUGH


def _loud(powers: NDArray[np.float32]) -> float:
    """How loud the loud frames are: the 90th percentile, as where soft speech is lifted (asr/loudness.py)."""
    return float(np.percentile(powers, 90)) if len(powers) else 0.0


def _within(powers: NDArray[np.float32], begin: float, end: float) -> NDArray[np.float32]:
    return powers[round(begin / FRAME) : round(end / FRAME)]
