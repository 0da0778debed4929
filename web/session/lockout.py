"""No guessing of passwords: after five wrong ones, a pause for that name from that address."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

FAILURES = 5
WINDOW = 300.0
"""Seconds in which the failures count, and so the longest pause."""
REMEMBERED = 10_000
"""Pairs of name and address kept at most; the oldest are forgotten first, so that guessing cannot fill the memory."""


class Lockout:
    """Counts failures in the memory of this process; each process counts for itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = Lock()

    def closed(self, name: str, address: str) -> bool:
        """True while this pair must wait."""
        with self._lock:
            return len(self._recent(name, address)) >= FAILURES

    def failed(self, name: str, address: str) -> None:
        """Count one wrong password."""
        with self._lock:
            self._failures[name, address] = [*self._recent(name, address), self._clock()]
            self._failures.move_to_end((name, address))
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def passed(self, name: str, address: str) -> None:
        """Forget the failures: the right password was given."""
        with self._lock:
            self._failures.pop((name, address), None)

    def _recent(self, name: str, address: str) -> list[float]:
        since = self._clock() - WINDOW
        return [at for at in self._failures.get((name, address), []) if at > since]
