"""How long to wait before trying again."""

from collections.abc import Callable
from dataclasses import dataclass
from random import random


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential backoff with full jitter: a random time between nothing and a ceiling that doubles up to the cap.

    Full jitter spreads the controllers of many nodes best over time (M. Brooker, "Exponential Backoff And Jitter",
    AWS Architecture Blog, 2015). Times are in seconds.
    """

    first: float = 0.1
    """Ceiling before the first retry: callers are waiting."""
    cap: float = 1.5
    """Ceiling of all waits: calls are taken again within 2 s of Asterisk's return, opening the socket included."""
    chance: Callable[[], float] = random
    """Gives numbers from 0 up to 1."""

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row, counted from 1."""
        return self.chance() * min(self.cap, self.first * 2.0 ** min(failures - 1, 30))
