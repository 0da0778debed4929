"""Finding a known sound in what was heard on the line, after A-law, slips, lost packets and gaps.

A sound is cut into pieces of half a second. The loudest few are looked for everywhere by normalised
cross-correlation; from each place where one fits, all pieces are looked for in their order, each close to where the one
before says it must be. A sound was heard when enough of its pieces were found. Other speech in the same voice does not
fit piece after piece.

The numbers below were found on the 124 shipped prompts, each against a line on which all of them are said: the true
place of a piece correlates above 0.99, the best wrong one below 0.54 for nine pieces of ten. Without the emphasis of
the high band, which evens out a voice's spectrum, that would be 0.7: every low vowel resembles every other.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.signal import oaconvolve

from tests.telephony.gaps import without_gaps
from tests.telephony.sounds import BEGIN, FITS_ALONE, PIECE, RATE, Samples, Sound, emphasise, halves

FITS_IN_HALVES = 0.72
"""Mean correlation of its two halves, from which a piece counts as found: what a slip of the jitter buffer leaves."""
ONE_HALF = 0.9
"""Correlation of the better half of a short sound's piece: a slip leaves one half as it was."""
ENOUGH = 0.75
"""Share of the pieces that must be found."""
GAP = 2
"""Pieces in a row that may be missing: slips are scattered, but prompts that share a sentence differ in a row."""
SLACK = RATE // 8
"""Samples by which a piece may be off from where the one before places it, and more after missing ones."""
PLACES = 6
"""How many of the best places of each are followed up."""
NOISE = 20.0
"""Root mean square of emphasised samples; what is below it fits nothing."""


@dataclass(frozen=True)
class Found:
    """A place where a sound was heard, wholly or in part."""

    start: float
    """Second at which the sound begins (or would begin)."""
    found: tuple[bool, ...]
    """Which pieces were found."""
    end: float
    """Second at which the last found piece ends."""
    heard: float
    """Seconds of the sound up to the end of its last found piece."""
    prompts: tuple[int, ...] = ()
    """Which prompt each piece is of, where the sound is a sentence of several."""

    @property
    def share(self) -> float:
        """Share of the pieces that were found."""
        return sum(self.found) / len(self.found)

    @property
    def whole(self) -> bool:
        """Enough was found, without a hole, and to its end; of a sentence something of each of its prompts."""
        missing = "".join("x" if found else "-" for found in self.found)
        said = {prompt for prompt, found in zip(self.prompts, self.found, strict=False) if found}
        return (
            said == set(self.prompts)
            and self.share >= ENOUGH
            and "-" * (GAP + 1) not in missing
            and "x" in missing[-2:]
        )

    def later(self, seconds: float) -> "Found":
        """The same place on a line that begins so much earlier."""
        return replace(self, start=self.start + seconds, end=self.end + seconds)

    @property
    def begun(self) -> bool:
        """Its first pieces are there; where a packet was late one may be missing."""
        first = self.found[:BEGIN]
        return sum(first) >= max(1, len(first) - 1)


def find(sound: Sound, heard: Samples) -> list[Found]:
    """Every place where some of the sound was heard, earliest first; `heard` is on the 16-bit scale."""
    line = _Line.of(heard)
    begins: list[int] = []
    places: list[Found] = []
    for anchor in sound.anchors:
        for place in _places(line.fit(anchor.samples), sound.fits):
            begin = place - anchor.start
            if all(abs(begin - other) > SLACK for other in begins):
                begins.append(begin)
                found = _follow(sound, line, anchor.index, begin)
                if found is not None and all(abs(found.start - other.start) > SLACK / RATE for other in places):
                    places.append(found)
    return sorted(places, key=lambda found: found.start)


@dataclass(frozen=True)
class _Line:
    """What was heard, emphasised and without gaps, with the running sum of its energy, one longer."""

    samples: Samples
    energy: NDArray[np.float64]
    places: NDArray[np.intp]
    """Where each sample was before the gaps were taken out."""

    @classmethod
    def of(cls, heard: Samples) -> "_Line":
        whole, places = without_gaps(heard)
        samples = emphasise(whole)
        return cls(samples, np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64)))), places)

    def second(self, sample: int) -> float:
        """When a sample was heard, in seconds from the line's begin; one before or after the line counts on from it."""
        inside = min(max(sample, 0), len(self.places) - 1)
        return float(self.places[inside] + sample - inside) / RATE

    def fit(self, piece: Samples, start: int = 0, end: int | None = None) -> Samples:
        """Normalised correlation, -1 to 1, of a piece with each place between two samples."""
        part, energy = self.samples[start:end], self.energy[start : end + 1 if end is not None else None]
        if len(part) < len(piece):
            return np.zeros(0, np.float32)
        product = oaconvolve(part, piece[::-1], mode="valid")
        power = np.maximum(energy[len(piece) :] - energy[: -len(piece)], len(piece) * NOISE**2)
        return product / np.sqrt(power, dtype=np.float32)

    def best(self, piece: Samples, there: int, slack: int) -> tuple[int, float]:
        """Where close to a sample the piece fits best, and how well."""
        start = max(0, there - slack)
        fit = self.fit(piece, start, max(0, there + len(piece) + slack))
        return (start + int(np.argmax(fit)), float(np.max(fit))) if len(fit) else (start, 0.0)


def _places(fit: Samples, fits: float) -> list[int]:
    """The best places for a piece, at least half a piece apart."""
    places: list[int] = []
    while len(fit) and len(places) < PLACES and fit[best := int(np.argmax(fit))] >= fits:
        places.append(best)
        fit[max(0, best - PIECE // 2) : best + PIECE // 2] = 0
    return places


def _follow(sound: Sound, line: _Line, anchor: int, begin: int) -> Found | None:
    """Look for all pieces of a sound that begins about there, outwards from the anchor, keeping up with slips."""
    found: dict[int, int] = {}
    for indices in (range(anchor, len(sound.pieces)), range(anchor - 1, -1, -1)):
        shift, slack = begin, SLACK
        for index in indices:
            piece, there = sound.pieces[index], sound.starts[index] + shift
            if (place := _near(line, piece, there, slack, sound.fits)) is not None:
                found[index] = place
                shift, slack = place - sound.starts[index], SLACK
            else:
                slack = min(slack + SLACK, 3 * SLACK)
    if not found:
        return None
    first, last = min(found), max(found)
    return Found(
        start=line.second(found[first] - sound.starts[first]),
        found=tuple(index in found for index in range(len(sound.pieces))),
        end=line.second(found[last] + len(sound.pieces[last]) - 1) + 1 / RATE,
        heard=(sound.starts[last] + len(sound.pieces[last])) / RATE,
        prompts=sound.prompts,
    )


def _near(line: _Line, piece: Samples, there: int, slack: int, fits: float) -> int | None:
    """Where a piece is, if it is there or close by: in one, or its halves apart."""
    place, fit = line.best(piece, there, slack)
    if fit >= fits:
        return place
    parts = [line.best(half / max(np.linalg.norm(half), 1e-9), there + start, slack) for start, half in halves(piece)]
    apart = sum(fit for _, fit in parts) / 2 >= FITS_IN_HALVES
    return parts[0][0] if apart and (fits < FITS_ALONE or max(fit for _, fit in parts) >= ONE_HALF) else None


def loudness(samples: Samples) -> float:
    """The loudest 0.1 s, as root mean square of 16-bit samples."""
    step = RATE // 10
    return max(
        (float(np.sqrt(np.mean(np.square(samples[at : at + step])))) for at in range(0, len(samples), step)),
        default=0.0,
    )
