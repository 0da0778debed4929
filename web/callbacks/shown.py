"""Callbacks as the page of a call shows them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.callbacks import UNDER_WAY, callbacks_of_call
from recordings.tables import Callback, CallbackAttempt, Case


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt."""

    at: datetime
    """In the utility's zone."""
    result: str
    """Empty while it is on."""
    call_id: str
    """Our call, with its recording; empty when nobody picked up."""


@dataclass(frozen=True, slots=True)
class CalledBack:
    """A callback and what came of it."""

    case: int
    asked_at: datetime
    """In the utility's zone."""
    state: str
    under_way: bool
    due_at: datetime
    """Not called before this moment; in the utility's zone."""
    answer: str
    """What the resident said; empty while they were not asked."""
    attempts: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What our own call to a resident is about."""

    case: int
    call_id: str
    """The call in which the case was opened."""


def callbacks_shown(s: Session, call_id: str, zone: ZoneInfo) -> tuple[CalledBack, ...]:
    """Callbacks about the cases of a call, the newest first."""
    return tuple(
        CalledBack(
            case=one.case_number,
            asked_at=one.requested_at.astimezone(zone),
            state=one.state,
            under_way=one.state in UNDER_WAY,
            due_at=one.due_at.astimezone(zone),
            answer=one.answer,
            attempts=tuple(Tried(a.began_at.astimezone(zone), a.result, a.call_id or "") for a in one.attempts),
        )
        for one in callbacks_of_call(s, call_id)
    )


def what_it_is_about(s: Session, call_id: str) -> About | None:
    """The case that our call to a resident was about; None for a call that came in."""
    wanted = (
        select(Case.number, Case.call_id)
        .join(Callback, Callback.case_number == Case.number)
        .join(CallbackAttempt, CallbackAttempt.callback_id == Callback.id)
        .where(CallbackAttempt.call_id == call_id)
    )
    found = s.execute(wanted).first()
    return About(*found) if found else None
