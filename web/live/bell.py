"""Whether something new happened: asked once for all who wait."""

import time
from collections.abc import Callable
from threading import Lock

from sqlalchemy import func, select

from recordings.archive import Archive
from recordings.tables import Event

EVERY = 0.5
"""Seconds between two looks into the archive, however many wait."""


class Bell:
    """Knows the newest event of all."""

    def __init__(self, archive: Archive, clock: Callable[[], float] = time.monotonic) -> None:
        self._archive, self._clock = archive, clock
        self._newest, self._looked = 0, float("-inf")
        self._lock = Lock()

    def newest(self) -> int:
        """Id of the newest event, not older than EVERY; 0 when nothing ever happened."""
        with self._lock:
            if self._clock() - self._looked >= EVERY:
                with self._archive.reading() as s:
                    self._newest = s.scalar(select(func.max(Event.id))) or 0
                self._looked = self._clock()
            return self._newest
