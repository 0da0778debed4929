"""Who called again and again: somebody whose matter was not settled the first time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recordings.corrections import category_of_call
from recordings.tables import Call

WINDOW = timedelta(hours=24)
LEAST = 2
"""Calls within the window from which somebody is a repeat caller."""
SHOWN = 20


@dataclass(frozen=True, slots=True)
class RepeatCaller:
    """A number that called several times."""

    caller: str
    calls: int
    first: datetime
    last: datetime
    """Both in UTC."""
    newest: str
    """Id of the last call."""
    category: str
    """What the last call is about; '' while nobody knows."""


def repeat_callers(s: Session, until: datetime) -> tuple[RepeatCaller, ...]:
    """Those who called most often in the 24 hours before a moment in UTC, at most 20; withheld numbers are left out."""
    within = (Call.started_at > until - WINDOW, Call.started_at <= until, Call.caller != "", Call.direction == "in")
    often = (
        select(Call.caller, func.count(), func.min(Call.started_at), func.max(Call.started_at))
        .where(*within)
        .group_by(Call.caller)
        .having(func.count() >= LEAST)
        .order_by(func.count().desc(), func.max(Call.started_at).desc())
        .limit(SHOWN)
    )
    found = s.execute(often).all()
    return tuple(_with_newest(s, *row) for row in found)


def _with_newest(s: Session, caller: str, calls: int, first: datetime, last: datetime) -> RepeatCaller:
    newest = select(Call.id, category_of_call()).where(Call.caller == caller, Call.started_at == last)
    call_id, category = s.execute(newest.order_by(Call.id.desc()).limit(1)).one()
    return RepeatCaller(caller, calls, first, last, call_id, category)
