"""The figures of one day beside those of the same weekday a week before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.corrections import category_of_call, urgency_of_call
from recordings.tables import Call
from triage.verdict import Category, Urgency

A_WEEK = timedelta(days=7)
UNKNOWN = "unknown"
"""Stands for the category of a call of which nobody said anything yet."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A count of the day, and of the same weekday a week before."""

    name: str
    """An hour of the clock, '0' to '23', or a category."""
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """How many called on a day, when, and about what."""

    day: date
    before: date
    until: time | None
    """The time of day up to which both days count; None when the whole of both does."""
    calls: Pair
    urgent: Pair
    left_early: Pair
    """Callers who hung up before their flow was through."""
    hours: tuple[Pair, ...]
    categories: tuple[Pair, ...]
    """In the order of `Category`, then those that are not understood yet; only what occurred."""


@dataclass(frozen=True, slots=True)
class _Seen:
    at: datetime
    category: str
    urgency: str
    outcome: str


def figures_of_day(s: Session, day: date, zone: ZoneInfo, now: datetime) -> DayFigures:
    """Count a day and the same weekday a week before, both up to the present time of day if the day is not over.

    `now` is in UTC. Days begin at midnight in `zone`.
    """
    here = now.astimezone(zone)
    until = here.time() if day == here.date() else None
    today, before = (_seen(s, of, zone, until) for of in (day, day - A_WEEK))
    return DayFigures(
        day=day,
        before=day - A_WEEK,
        until=until,
        calls=Pair("calls", len(today), len(before)),
        urgent=Pair("urgent", *(sum(seen.urgency == Urgency.URGENT for seen in calls) for calls in (today, before))),
        left_early=Pair("left-early", *(sum(seen.outcome == "hung-up" for seen in calls) for calls in (today, before))),
        hours=_by_hour(today, before),
        categories=_by_category(today, before),
    )


def _seen(s: Session, day: date, zone: ZoneInfo, until: time | None) -> Sequence[_Seen]:
    """Every call that began on a day, or on it up to a time."""
    begin = datetime.combine(day, time.min, zone).astimezone(UTC)
    end = datetime.combine(day, until, zone) if until else datetime.combine(day + timedelta(days=1), time.min, zone)
    wanted = select(Call.started_at, category_of_call(), urgency_of_call(), Call.outcome)
    rows = s.execute(
        wanted.where(Call.direction == "in", Call.started_at >= begin, Call.started_at < end.astimezone(UTC))
    )
    return [
        _Seen(at.astimezone(zone), category or UNKNOWN, urgency, outcome) for at, category, urgency, outcome in rows
    ]


def _by_hour(today: Sequence[_Seen], before: Sequence[_Seen]) -> tuple[Pair, ...]:
    counts = [Counter(seen.at.hour for seen in calls) for calls in (today, before)]
    return tuple(Pair(str(hour), counts[0][hour], counts[1][hour]) for hour in range(24))


def _by_category(today: Sequence[_Seen], before: Sequence[_Seen]) -> tuple[Pair, ...]:
    counts = [Counter(seen.category for seen in calls) for calls in (today, before)]
    names = [*(category.value for category in Category), UNKNOWN]
    return tuple(Pair(name, counts[0][name], counts[1][name]) for name in names if counts[0][name] or counts[1][name])
