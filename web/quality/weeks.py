"""An agent's marks over the last weeks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from recordings.marks_of_agents import MarkedCall, marked_calls
from web.days import begin_of

WEEKS = 12
"""Weeks of a trend, the present one among them."""


@dataclass(frozen=True, slots=True)
class Week:
    """An agent's week."""

    monday: date
    reviewed: int
    mean: float | None
    machine: float | None
    """What the machine gave the same calls."""


def weeks_of(s: Session, user_id: int, zone: ZoneInfo, at: datetime) -> tuple[tuple[Week, ...], tuple[MarkedCall, ...]]:
    """An agent's last weeks, oldest first, and the calls in them, newest first. `at` is the present moment."""
    today = at.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    calls = marked_calls(s, begin_of(first, zone), begin_of(monday + timedelta(weeks=1), zone), agent_id=user_id)
    weeks = []
    for start in (first + timedelta(weeks=number) for number in range(WEEKS)):
        begin, end = begin_of(start, zone), begin_of(start + timedelta(weeks=1), zone)
        own = [call for call in calls if begin <= call.started_at < end]
        mean = sum(call.score for call in own) / len(own) if own else None
        weeks.append(Week(start, len(own), mean, sum(call.machine for call in own) / len(own) if own else None))
    return tuple(weeks), calls
