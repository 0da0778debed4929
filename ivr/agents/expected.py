"""How long a caller is likely to wait: told from how quickly callers were answered lately, or not told at all."""

import math
from collections import deque
from datetime import datetime, timedelta

LATELY = timedelta(hours=1)
LEAST = 3
"""Answers within the last hour from which an estimate is honest."""
LONGEST = 30
"""Minutes beyond which no number is said: it would be a guess."""


class AnswerTimes:
    """When callers were put through, as far back as counts."""

    def __init__(self) -> None:
        self._answered: deque[datetime] = deque(maxlen=50)

    def answered(self, at: datetime) -> None:
        """A caller was put through."""
        self._answered.append(at)

    def minutes(self, before: int, now: datetime) -> int | None:
        """Whole minutes, rounded up, until somebody with so many callers before them is put through.

        The mean time from one answer to the next over the last hour, as often as callers are to be answered until
        then. None when too few were answered lately, or it would be longer than half an hour.
        """
        lately = [at for at in self._answered if now - at <= LATELY]
        if len(lately) < LEAST:
            return None
        between = (now - lately[0]).total_seconds() / len(lately)
        minutes = math.ceil(between * (before + 1) / 60)
        return minutes if minutes <= LONGEST else None
