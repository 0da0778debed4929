"""The figures of one day beside those of the same weekday a week before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from triage.verdict import Category, Urgency
from web.reports.seen import UNKNOWN, Seen, seen_on

A_WEEK = timedelta(days=7)


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


def figures_of_day(s: Session, day: date, zone: ZoneInfo, now: datetime) -> DayFigures:
    """Count a day and the same weekday a week before, both up to the present time of day if the day is not over.

    `now` is in UTC. Days begin at midnight in `zone`.
    """
    until = until_of(day, zone, now)
    return compare(day, until, seen_on(s, day, zone, until), seen_on(s, day - A_WEEK, zone, until))


def until_of(day: date, zone: ZoneInfo, now: datetime) -> time | None:
    """The time of day up to which a day is counted: the present one while it is not over, None when it is."""
    here = now.astimezone(zone)
    return here.time() if day == here.date() else None


def compare(day: date, until: time | None, today: Sequence[Seen], before: Sequence[Seen]) -> DayFigures:
    """The calls of a day beside those of the same weekday a week before."""
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


def _by_hour(today: Sequence[Seen], before: Sequence[Seen]) -> tuple[Pair, ...]:
    counts = [Counter(seen.at.hour for seen in calls) for calls in (today, before)]
    return tuple(Pair(str(hour), counts[0][hour], counts[1][hour]) for hour in range(24))


def _by_category(today: Sequence[Seen], before: Sequence[Seen]) -> tuple[Pair, ...]:
    counts = [Counter(seen.category for seen in calls) for calls in (today, before)]
    names = [*(category.value for category in Category), UNKNOWN]
    return tuple(Pair(name, counts[0][name], counts[1][name]) for name in names if counts[0][name] or counts[1][name])
