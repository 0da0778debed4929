"""A sound to be listened for on the line, cut into pieces of half a second; and several said one after the other."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 8000
"""Samples a second on the line."""
PIECE = RATE // 2
"""Samples in a piece."""
EMPHASIS = 0.9
"""Weight of the sample before, which is subtracted from each."""
FITS = 0.6
"""Correlation from which a piece counts as found."""
FEW = 2
"""Up to so many pieces a sound is short, such as a digit: they have too few others to agree with."""
FITS_ALONE = 0.78
"""As FITS, for short sounds."""
BEGIN = 3
"""Pieces that must be there to say that a sound has begun."""
ANCHORS = 3
"""How many of the pieces are looked for everywhere: the loudest, and the loudest of the first."""
QUIET = 60.0
"""Root mean square of 16-bit samples below which the line is silent; A-law's own noise is around 8."""
PAUSE = 0.05
"""A piece this much weaker than the strongest is a pause, and not listened for."""

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Anchor:
    """A piece, or half of one, that is looked for everywhere on the line."""

    index: int
    """Of its piece."""
    start: int
    """Where it begins, in samples from the sound's begin."""
    samples: Samples
    """Emphasised, with norm 1."""


@dataclass(frozen=True)
class Sound:
    """A sound to be listened for, cut into pieces."""

    pieces: tuple[Samples, ...]
    """Emphasised, each with norm 1."""
    starts: tuple[int, ...]
    """Where each begins, in samples from the sound's begin."""
    anchors: tuple["Anchor", ...]
    """What is looked for everywhere."""
    length: int
    """Samples from the begin of the file to the last audible one."""
    prompts: tuple[int, ...] = ()
    """Which of several prompts each piece is of, where it is more than one."""

    @property
    def seconds(self) -> float:
        """From the sound's begin to its last audible sample."""
        return self.length / RATE

    @property
    def fits(self) -> float:
        """Correlation from which a piece of this sound counts as found."""
        return FITS if len(self.pieces) > FEW else FITS_ALONE


@lru_cache(maxsize=256)
def load_sound(path: Path) -> Sound:
    """Read and cut a WAV of `RATE`."""
    return cut(_read(path))


@lru_cache(maxsize=64)
def load_sentence(paths: tuple[Path, ...]) -> Sound:
    """Several WAVs said one after the other as one sound, which is looked for by the longest of them.

    A word of half a second is easily missed, or taken for another, when looked for alone: here its place is known.
    """
    sounds = [load_sound(path) for path in paths]
    lengths = [len(_read(path)) for path in paths]
    longest = max(range(len(sounds)), key=lambda index: len(sounds[index].pieces))
    before = sum(len(sound.pieces) for sound in sounds[:longest])
    shift = sum(lengths[:longest])
    return Sound(
        pieces=tuple(piece for sound in sounds for piece in sound.pieces),
        starts=tuple(start + sum(lengths[:index]) for index, sound in enumerate(sounds) for start in sound.starts),
        anchors=tuple(
            replace(anchor, index=anchor.index + before, start=anchor.start + shift)
            for anchor in sounds[longest].anchors
        ),
        length=sum(lengths[:-1]) + sounds[-1].length,
        prompts=tuple(index for index, sound in enumerate(sounds) for _ in sound.pieces),
    )


def _read(path: Path) -> Samples:
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    if rate != RATE:
        raise ValueError(f"{path}: {rate} samples a second; the line has {RATE}")
    return np.asarray(samples.mean(axis=1) * 32768, np.float32)


def cut(samples: Samples) -> Sound:
    """Cut a sound (16-bit scale) into pieces; the last one reaches back, so that none is short."""
    audible = np.flatnonzero(np.abs(samples) > QUIET)
    if not len(audible):
        raise ValueError("a silent sound cannot be listened for")
    first, last = int(audible[0]), int(audible[-1]) + 1
    starts = [*range(first, last - PIECE, PIECE), max(first, last - PIECE)]
    emphasised = emphasise(samples)
    pieces = [emphasised[start : min(start + PIECE, last)] for start in starts]
    strengths = [float(np.linalg.norm(piece)) for piece in pieces]
    kept = [index for index, strength in enumerate(strengths) if strength > PAUSE * max(strengths)]
    order = sorted(range(len(kept)), key=lambda index: -strengths[kept[index]])
    early = next(index for index in order if index < BEGIN)  # so that a prompt is also found while it is being said
    anchors = (early, *[index for index in order if index != early][: ANCHORS - 1])
    return Sound(
        pieces=tuple(pieces[index] / strengths[index] for index in kept),
        starts=tuple(starts[index] for index in kept),
        anchors=tuple(
            Anchor(index, starts[kept[index]] + start, part / np.linalg.norm(part))
            for index in anchors
            for start, part in (halves(pieces[kept[index]]) if len(kept) <= FEW else [(0, pieces[kept[index]])])
        ),
        length=last,
    )


def halves(piece: Samples) -> list[tuple[int, Samples]]:
    """Both halves of a piece with their begin in it."""
    middle = len(piece) // 2
    return [(0, piece[:middle]), (middle, piece[middle:])]


def emphasise(samples: Samples) -> Samples:
    """Weaken the low band, in which all voices are alike."""
    return np.append(samples[:1], samples[1:] - EMPHASIS * samples[:-1]).astype(np.float32)
