"""What the rest of the room asks of a recogniser."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from asr.transcript import Passage


class Engine(Protocol):
    """A recogniser with its model loaded; one is shared by all threads of a process."""

    @property
    def name(self) -> str:
        """Name of the model, kept with every transcript."""

    @property
    def sample_rate(self) -> int:
        """Samples a second that `hear` wants: the model's own rate."""

    @property
    def trial(self) -> bool:
        """True when the model is the embedded one, made for trying things out."""

    def hear(self, samples: NDArray[np.float32]) -> Passage:
        """Put one stretch of speech into words; may be called from many threads at a time.

        `samples` is mono, shape (n,), -1 to 1, at `sample_rate`. Times are seconds from its first sample.
        """
