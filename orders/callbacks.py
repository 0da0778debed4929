"""Callbacks: which were asked for, which are due, how far each has come."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from orders.callback_rules import CallbackRules, check_address, has_number, number_of
from orders.cases import known_case
from orders.states import CaseState
from recordings.ledger import log_event
from recordings.tables import Callback, Case

UNDER_WAY = ("waiting", "calling")
"""States of a callback that is still to be made, or being made."""


def request_callback(
    s: Session, number: int, at: datetime, *, user_id: int | None = None, to: str = "", at_any_hour: bool = False
) -> Callback:
    """Ask for a callback about a case; the one that waits already, if there is one.

    `to` is a SIP address to call in place of the resident's number. Raises CaseUnknown and CallbackRefused.
    """
    case = known_case(s, number)
    if to:
        check_address(to)
    else:
        number_of(case)
    wanted = select(Callback).where(Callback.case_number == number, Callback.state.in_(UNDER_WAY))
    if (known := s.scalars(wanted).first()) is not None:
        if known.state == "waiting":
            known.due_at, known.at_any_hour, known.to = at, known.at_any_hour or at_any_hour, to or known.to
        return known
    callback = Callback(
        case_number=number, requested_at=at, requested_by=user_id, to=to, at_any_hour=at_any_hour, due_at=at
    )
    s.add(callback)
    s.flush()
    log_event(s, case.call_id, "callback-requested", at, case=number)
    return callback


def request_due(s: Session, rules: CallbackRules, now: datetime) -> Sequence[int]:
    """Ask for a callback about every case that is due, the oldest first; their numbers.

    Due is a case whose work ended long enough ago and whose caller nobody has called about it since.
    """
    asked = select(Callback.id).where(Callback.case_number == Case.number, Callback.requested_at >= Case.handled_at)
    wanted = (
        select(Case)
        .where(Case.state.in_((CaseState.RESTORED, CaseState.DONE)), Case.handled_at <= now - rules.after)
        .where(~asked.exists())
        .options(joinedload(Case.call))
        .order_by(Case.handled_at)
    )
    numbers = [case.number for case in s.scalars(wanted) if has_number(case)]
    for number in numbers:
        request_callback(s, number, now)
    return numbers


def callback_by_id(s: Session, callback_id: int) -> Callback:
    """A callback with its case and attempts."""
    options = [joinedload(Callback.case).joinedload(Case.call), joinedload(Callback.attempts)]
    return s.scalars(select(Callback).where(Callback.id == callback_id).options(*options)).unique().one()


def callbacks_of_call(s: Session, call_id: str) -> Sequence[Callback]:
    """Callbacks about the cases of a call, the newest first."""
    wanted = select(Callback).join(Case).where(Case.call_id == call_id).order_by(Callback.id.desc())
    return s.scalars(wanted.options(joinedload(Callback.attempts))).unique().all()


def newest_callbacks(s: Session, limit: int = 50) -> Sequence[Callback]:
    """The newest callbacks, those that are still under way first."""
    order = (Callback.finished_at.is_not(None), Callback.id.desc())
    wanted = select(Callback).options(joinedload(Callback.attempts)).order_by(*order)
    return s.scalars(wanted.limit(limit)).unique().all()
