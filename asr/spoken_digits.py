"""A number said digit by digit, heard by a recogniser that expects nothing else: 请说出您的户号."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from asr.numerals import DIGITS
from asr.transcript import Passage


class NarrowEngine(Protocol):
    """What we use of `VoskEngine`: hearing with a few words alone."""

    def hear_only(self, samples: NDArray[np.float32], words: tuple[str, ...]) -> Passage:
        """Put speech into these words; see `VoskEngine.hear_only`."""


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """What was understood, to be read back before it is used."""

    digits: str
    """In figures; empty when none was heard."""
    confidence: float
    """Of the digit that is least sure, 0 to 1; 0 when none was heard."""
    passage: Passage
    """The words with their times."""


def hear_digits(engine: NarrowEngine, samples: NDArray[np.float32]) -> SpokenNumber:
    """Hear a number said digit by digit, 幺 and 两 included; `samples` mono, -1 to 1, at the engine's rate.

    Everything that is said is taken for digits, so read the number back and ask. Raises GrammarUnusable when the
    engine's model takes no grammar, or knows none of the digits.
    """
    passage = engine.hear_only(samples, tuple(DIGITS))
    return SpokenNumber(
        "".join(str(DIGITS[word.word]) for word in passage.words),
        min((word.confidence for word in passage.words), default=0.0),
        passage,
    )
