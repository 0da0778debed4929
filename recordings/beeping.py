"""A recording's sound with a tone in place of personal data."""

import math
from array import array
from collections.abc import Sequence
from typing import IO

from recordings.originals import Stretch
from recordings.patched import Patched, Span, joined
from recordings.wav import SAMPLE, Wav

PITCH = 1000.0
"""Hertz; what broadcasters use."""

LOUDNESS = 3000
"""Peak, of 32767: about as loud as speech on a line."""


def beeped(file: IO[bytes], wav: Wav, spans: Sequence[Span]) -> Patched:
    """The file with a tone over these bytes of samples. A tone laid over the same tone changes nothing."""
    return Patched(file, spans, lambda first, last: _tone(wav, first, last))


def spans_of(wav: Wav, stretches: Sequence[Stretch]) -> list[Span]:
    """The bytes of whole samples in these seconds, in order and apart; what lies past the sound counts for nothing."""
    end = wav.start + wav.length
    spans = (
        (
            wav.start + SAMPLE * max(0, int(start * wav.rate)),
            min(end, wav.start + SAMPLE * math.ceil(stop * wav.rate)),
        )
        for start, stop in stretches
    )
    return joined(span for span in spans if span[0] < span[1])


def _tone(wav: Wav, first: int, last: int) -> bytes:
    """Bytes `first` to `last` of a tone that began with the sound, whole samples or not."""
    first, last = first - wav.start, last - wav.start
    samples = range(first // SAMPLE, -(-last // SAMPLE))
    step = 2 * math.pi * PITCH / wav.rate
    tone = array("h", (round(LOUDNESS * math.sin(step * sample)) for sample in samples)).tobytes()
    skipped = first - samples.start * SAMPLE
    return tone[skipped : skipped + last - first]
