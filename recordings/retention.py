"""For how long calls are kept, and which have been kept for long enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from recordings.corrections import category_of_call
from recordings.tables import Call, Leg, Recording


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many days calls are kept after the day on which they ended."""

    days: int
    by_category: Mapping[str, int]
    """For calls of these categories, instead. What a person said a call is about counts before the machine's word."""


def due_calls(s: Session, terms: Terms, today: date, zone: ZoneInfo, limit: int) -> Sequence[str]:
    """Ids of calls that have been kept for long enough on a day in `zone`, oldest first, at most `limit`.

    A call that ended on Monday and is kept for one day is there on Tuesday until midnight. One that is on, or has a
    recording that is not settled, is never due.
    """
    return s.scalars(_due(terms, today, zone).order_by(Call.ended_at, Call.id).limit(limit)).all()


def count_due(s: Session, terms: Terms, today: date, zone: ZoneInfo) -> int:
    """How many calls are due."""
    return s.scalar(select(func.count()).select_from(_due(terms, today, zone).subquery())) or 0


def _due(terms: Terms, today: date, zone: ZoneInfo) -> Select[str]:
    unsettled = select(Recording.id).join(Leg).where(Leg.call_id == Call.id, Recording.state == "requested").exists()
    return select(Call.id).where(Call.ended_at.is_not(None), ~unsettled, _kept_long_enough(terms, today, zone))


def _kept_long_enough(terms: Terms, today: date, zone: ZoneInfo) -> ColumnElement[bool]:
    category = category_of_call()
    rest = and_(Call.ended_at < _midnight(today, terms.days, zone), category.not_in(list(terms.by_category)))
    named = (
        and_(Call.ended_at < _midnight(today, days, zone), category == name) for name, days in terms.by_category.items()
    )
    return or_(rest, *named)


def _midnight(today: date, days: int, zone: ZoneInfo) -> datetime:
    """The moment in UTC before which a call must have ended for so many days to be over."""
    return datetime.combine(today - timedelta(days=days), time.min, zone).astimezone(UTC)
