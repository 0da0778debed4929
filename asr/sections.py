"""Hearing a long leg part by part, so that ten hours take no more memory than ten minutes."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from asr.audio import Audio
from asr.cutting import quietest

LONGEST = 300.0
"""Seconds of a part."""
SEARCHED = 60.0
"""Seconds at its end in which the quietest point is looked for, to cut there."""


def sections(
    blocks: Iterable[NDArray[np.float32]], rate: int, longest: float = LONGEST, searched: float = SEARCHED
) -> Iterator[tuple[float, Audio]]:
    """Yield (second at which it begins, part) of a leg that comes in blocks, mono; a short leg is one part."""
    begin, held, kept = 0, list[NDArray[np.float32]](), 0
    for block in blocks:
        held.append(block)
        kept += len(block)
        while kept > longest * rate:
            sound = np.concatenate(held)
            at = round(quietest(sound, rate, longest - searched, longest) * rate)
            yield begin / rate, Audio(sound[:at], rate)
            begin, held, kept = begin + at, [sound[at:].copy()], len(sound) - at
    yield begin / rate, Audio(np.concatenate(held) if held else np.zeros(0, np.float32), rate)
