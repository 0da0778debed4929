"""How often a program may ask: so many times a minute, saved up for a burst of as many."""

import math
import time
from collections.abc import Callable
from threading import Lock

MINUTE = 60.0


class Pace:
    """A bucket of tries for every token, filled evenly. Counts in the memory of this process."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = per_minute, clock
        self._left: dict[int, tuple[float, float]] = {}
        """What a token has left, and when that was."""
        self._lock = Lock()

    def wait(self, token: int) -> int:
        """Seconds to wait before this token may ask; 0 when it may, and then this counts."""
        with self._lock:
            now = self._clock()
            left, since = self._left.get(token, (float(self._most), now))
            left = min(self._most, left + (now - since) * self._most / MINUTE)
            allowed = left >= 1
            self._left[token] = (left - 1 if allowed else left, now)
            return 0 if allowed else math.ceil((1 - left) * MINUTE / self._most)
