"""No guessing of passwords: after some wrong ones, a pause for that name from that address, or for the address."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

FAILURES = 5
"""Wrong passwords for one name from one address."""
FAILURES_OF_ADDRESS = 50
"""Wrong passwords for whatever names from one address: a hall of agents mistype less in these minutes."""
WINDOW = 300.0
"""Seconds in which the failures count, and so the longest pause."""
REMEMBERED = 10_000
"""Names and addresses kept at most; the oldest are forgotten first, so that guessing cannot fill the memory."""

Key = tuple[str, ...]


class Lockout:
    """Counts failures in the memory of this process; each process counts for itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[Key, list[float]] = OrderedDict()
        self._lock = Lock()

    def admits(self, name: str, address: str) -> bool:
        """Whether a password may be tried. It counts as wrong until it `passed`, so guesses sent together all count."""
        pair, host = (name, address), (address,)
        with self._lock:
            if len(self._recent(pair)) >= FAILURES or len(self._recent(host)) >= FAILURES_OF_ADDRESS:
                return False
            for key in (pair, host):
                self._tries[key] = [*self._recent(key), self._clock()]
                self._tries.move_to_end(key)
            while len(self._tries) > REMEMBERED:
                self._tries.popitem(last=False)
            return True

    def passed(self, name: str, address: str) -> None:
        """The right password was given: forget the failures for the name, and of the address this try alone."""
        with self._lock:
            self._tries.pop((name, address), None)
            if of_address := self._tries.get((address,)):
                of_address.pop()

    def _recent(self, key: Key) -> list[float]:
        since = self._clock() - WINDOW
        return [at for at in self._tries.get(key, []) if at > since]
