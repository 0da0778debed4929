"""Where somebody speaks: the gate that keeps silence and line noise away from the recogniser.

A recogniser invents words on noise, so only what the Silero detector takes for speech is heard at all. The numbers
below were measured, see docs/models.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asr.missed_voice import rejoined
from asr.resampling import resample
from asr.silero import MOMENT, RATE, VoiceDetector
from asr.stretch import Stretch

BLOCK = 64 * MOMENT
"""Samples that go through the detector at a time: two seconds."""


@dataclass(frozen=True, slots=True)
class Gate:
    """When the gate opens and closes."""

    opens: float = 0.3
    """Probability of speech, 0 to 1, from which somebody speaks."""
    stays: float = 0.15
    """Probability down to which somebody who speaks still does."""
    shortest: float = 0.1
    """Seconds of speech below which it was a click."""
    padding: float = 0.3
    """Seconds kept before and after, so that a soft first consonant and a falling last tone are heard."""
    pause: float = 0.6
    """Seconds of silence, padding not counted, below which two stretches are one."""


def find_speech(samples: NDArray[np.float32], rate: int, gate: Gate | None = None) -> Iterator[Stretch]:
    """Yield the stretches of speech in order, each as soon as it is over; `samples` mono, shape (n,), -1 to 1."""
    gate = gate or Gate()
    duration = len(samples) / rate
    voices = rejoined(spoken(probabilities(samples, rate), gate), samples, rate)
    yield from merged(voices, gate, duration)


def probabilities(samples: NDArray[np.float32], rate: int) -> Iterator[tuple[float, float]]:
    """Yield (second, probability of speech) for each 32 ms; the second is where they begin."""
    detector = VoiceDetector()
    heard = resample(samples, rate, RATE)
    for begin in range(0, len(heard), BLOCK):
        block = heard[begin : begin + BLOCK]
        for moment, probability in enumerate(detector.hear(np.pad(block, (0, -len(block) % MOMENT))).tolist()):
            yield (begin + moment * MOMENT) / RATE, probability


def spoken(speech: Iterable[tuple[float, float]], gate: Gate, step: float = MOMENT / RATE) -> Iterator[Stretch]:
    """Yield what lies above the gate's thresholds; `step` is the length in seconds of what each probability covers."""
    start: float | None = None
    at = -step
    for at, probability in speech:
        if start is None and probability >= gate.opens:
            start = at
        elif start is not None and probability < gate.stays:
            if at - start >= gate.shortest:
                yield Stretch(start, at)
            start = None
    if start is not None and at + step - start >= gate.shortest:
        yield Stretch(start, at + step)


def merged(stretches: Iterable[Stretch], gate: Gate, duration: float) -> Iterator[Stretch]:
    """Join what no real pause parts, and pad it, within 0 and `duration` seconds."""
    open_: Stretch | None = None
    for stretch in stretches:
        if open_ and stretch.start - open_.end < gate.pause:
            open_ = Stretch(open_.start, stretch.end)
            continue
        if open_:
            yield _padded(open_, gate, duration)
        open_ = stretch
    if open_:
        yield _padded(open_, gate, duration)


def _padded(stretch: Stretch, gate: Gate, duration: float) -> Stretch:
    begin, end = max(0.0, stretch.start - gate.padding), min(duration, stretch.end + gate.padding)
    return Stretch(begin, end, voice=stretch.start)
