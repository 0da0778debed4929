"""The calls of a day, each with what the figures are counted from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.corrections import category_of_call, urgency_of_call
from recordings.tables import Call, Listed
from web.days import begin_of, end_of

UNKNOWN = "unknown"
"""Stands for the category of a call of which nobody said anything yet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One call, as it is counted."""

    at: datetime
    """When it rang, in the utility's zone."""
    category: str
    urgency: str
    outcome: str
    district: str
    """Its key; empty when not known."""


def seen_on(s: Session, day: date, zone: ZoneInfo, until: time | None) -> Sequence[Seen]:
    """Every call of a resident that began on a day of `zone`, or on it up to a time."""
    end = datetime.combine(day, until, zone).astimezone(UTC) if until else end_of(day, zone)
    wanted = select(Call.started_at, category_of_call(), urgency_of_call(), Call.outcome, Listed.district)
    wanted = wanted.outerjoin(Listed, Listed.call_id == Call.id)
    wanted = wanted.where(Call.direction == "in", Call.started_at >= begin_of(day, zone), Call.started_at < end)
    return [
        Seen(at.astimezone(zone), category or UNKNOWN, urgency, outcome, district or "")
        for at, category, urgency, outcome, district in s.execute(wanted)
    ]
