"""How much memory hearing has taken, so that speed is not bought with more than a machine has."""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

FIRST = 100_000_000
"""Bytes for the first thread: its recogniser, the sound in hand, and what is loaded only when one begins to hear."""
FURTHER = 40_000_000
"""Bytes for each further thread."""


class Allowance:
    """What may be taken since the first stretch was begun; the model, loaded before, is not in it."""

    def __init__(self, first: int = FIRST, further: int = FURTHER) -> None:
        self._first, self._further = first, further
        self._before = 0

    def begin(self) -> None:
        """Count from here on, while there is no recogniser."""
        self._before = resident()

    def spent(self, recognisers: int) -> bool:
        """Whether the process has grown beyond what so many recognisers may take."""
        return resident() - self._before > self._first + self._further * (recognisers - 1)


def resident() -> int:
    """Bytes of this process in memory; 0 where /proc does not tell, so that nothing is ever too much there."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def give_back() -> None:
    """Let the C library return to the system what was freed; it keeps most of it otherwise. glibc alone can."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
