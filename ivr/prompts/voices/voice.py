"""What a synthetic voice is."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ivr.prompts.voices.spelling import Clause


@dataclass(frozen=True)
class Sound:
    """Mono samples, float32 within -1 … 1, and their rate in hertz."""

    samples: NDArray[np.float32]
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


class Voice(Protocol):
    """Says spelt lines."""

    name: str

    def speak(self, clauses: list[Clause], *, pace: float = 1.0, pitch: float = 1.0) -> Sound:
        """The line as sound. A pace above 1 is faster, a pitch above 1 higher; raises VoiceBroken."""
        ...

    def speak_piece(self, clause: Clause, *, pace: float = 1.0) -> Sound:
        """A clause as it sounds in the middle of a list, so that pieces can be strung together; raises VoiceBroken."""
        ...
