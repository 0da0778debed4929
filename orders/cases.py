"""Cases: found by number or caller, given their promise, moved on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from orders.commitments import Promised
from orders.errors import CaseUnknown, PromiseRefused
from orders.states import HANDLED, UNDER_WAY, CaseState, check_move
from recordings.corrections import case_is_urgent
from recordings.ledger import log_event, open_case
from recordings.tables import Call, Case

LATEST = timedelta(days=30)
"""Until then something can be promised by hand; a later date is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a case has come, as its caller may hear it."""

    number: int
    state: CaseState
    promised: Promised | None
    promised_at: datetime | None
    """None when nothing was promised."""

    def late(self, at: datetime) -> bool:
        """Whether what was promised should have happened by then and, as far as we know, has not."""
        return self.state in UNDER_WAY and self.promised_at is not None and self.promised_at < at


def _standing(case: Case) -> Standing:
    promised = Promised(case.promised) if case.promised else None
    return Standing(case.number, CaseState(case.state), promised, case.promised_at)


def standing(s: Session, number: int) -> Standing | None:
    """How far the case of a number has come; None when there is none."""
    case = find_case(s, number)
    return _standing(case) if case else None


def newest_of(s: Session, contact: str, since: datetime) -> Standing | None:
    """The newest case since a moment of a caller of that number: one that is not closed, or else the last closed."""
    case = newest_case_of(s, contact, since)
    return _standing(case) if case else None


def known_case(s: Session, number: int) -> Case:
    """A case by its number, with its call. Raises CaseUnknown."""
    if (case := find_case(s, number)) is None:
        raise CaseUnknown(number)
    return case


def find_case(s: Session, number: int) -> Case | None:
    """A case by its number, with its call; None when there is none."""
    if not 0 < number < 2**31:
        return None
    return s.get(Case, number, options=[joinedload(Case.call), joinedload(Case.owner)])


def open_described(s: Session, /, *, call_id: str, flow: str, at: datetime, **learnt: Any) -> int:
    """Open a case and write down with it what `describe_case` takes; its number."""
    number = open_case(s, call_id=call_id, flow=flow, at=at)
    describe_case(s, number, **learnt)
    return number


def describe_case(
    s: Session,
    number: int,
    *,
    contact: str = "",
    district: str = "",
    customer_number: str = "",
    urgent: bool = False,
    promised: Promised | None = None,
    promised_at: datetime | None = None,
) -> None:
    """Write down with a case what was learnt in its call, and what the caller was promised. Raises CaseUnknown."""
    case = known_case(s, number)
    case.contact, case.district, case.customer_number = contact[:40], district, customer_number
    case.urgent = urgent
    case.promised, case.promised_at = promised or "", promised_at


def move_case(s: Session, number: int, to: CaseState, at: datetime, *, by: str = "") -> Case:
    """Move a case on; who moved it stands in its call's timeline. Raises CaseUnknown and MoveRefused."""
    case = known_case(s, number)
    before = CaseState(case.state)
    check_move(number, before, to)
    case.state = to
    if to in HANDLED:
        case.handled_at = case.handled_at or at
    else:
        case.handled_at = None
    log_event(s, case.call_id, "case-moved", at, case=number, state=to.value, by=by)
    return case


def promise_by(s: Session, number: int, what: Promised, by: datetime, at: datetime, *, user: str) -> Case:
    """Write down what an agent promised a caller to whom nothing was; from then on it counts as the menu's promises do.

    A promise is kept or broken, and never moved. Raises CaseUnknown and PromiseRefused.
    """
    case = known_case(s, number)
    if case.promised_at is not None:
        raise PromiseRefused(f"case {number} has a promise already; keep it, or tell the caller why not")
    if case.state not in UNDER_WAY:
        raise PromiseRefused(f"case {number} is {case.state}; promises are for what is still to be seen to")
    if not at < by <= at + LATEST:
        raise PromiseRefused(f"promise a moment within the next {LATEST.days} days")
    case.promised, case.promised_at = what, by
    log_event(s, case.call_id, "case-promised", at, case=number, promised=what.value, by=user)
    return case


def newest_case_of(s: Session, contact: str, since: datetime) -> Case | None:
    """The newest case since a moment that was opened for a caller of that number and is not closed, or else closed."""
    if not contact:
        return None
    wanted = select(Case).where(Case.contact == contact, Case.opened_at >= since).options(joinedload(Case.call))
    newest = wanted.order_by(Case.number.desc())
    return s.scalars(newest.where(Case.state != CaseState.CLOSED)).first() or s.scalars(newest).first()


def urgent_among(s: Session, numbers: Collection[int]) -> set[int]:
    """Which of these cases are urgent."""
    wanted = select(Case.number).join(Call, Call.id == Case.call_id).where(Case.number.in_(numbers), case_is_urgent())
    return set(s.scalars(wanted))


def cases(
    s: Session,
    *,
    state: CaseState | None = None,
    urgent: bool = False,
    overdue_at: datetime | None = None,
    limit: int = 50,
) -> Sequence[Case]:
    """Cases, the newest first; `overdue_at` keeps those whose promise was not kept by then."""
    wanted = select(Case).options(joinedload(Case.call), joinedload(Case.owner)).order_by(Case.number.desc())
    if state is not None:
        wanted = wanted.where(Case.state == state)
    if urgent:
        wanted = wanted.join(Call, Call.id == Case.call_id).where(case_is_urgent())
    if overdue_at is not None:
        wanted = wanted.where(Case.promised_at < overdue_at, Case.state.in_(UNDER_WAY))
    return s.scalars(wanted.limit(limit)).all()
