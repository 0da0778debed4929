"""The list of cases: one frozen row a case, the most pressing first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, joinedload

from orders.states import UNDER_WAY, CaseState, next_states
from recordings.corrections import case_is_urgent, category_of_call
from recordings.tables import Call, Case, District

PAGE = 100
"""Cases on the page; what is beyond them presses less."""
WAITING = (CaseState.OPEN, CaseState.DISPATCHED, CaseState.ARRIVED)
TO_ASK = (CaseState.RESTORED, CaseState.DONE)


class View(StrEnum):
    """Which cases are looked at."""

    WAITING = "waiting"
    """Work is to be done."""
    MINE = "mine"
    """Those that the reader is the owner of and that are not closed."""
    OVERDUE = "overdue"
    """Something was promised, the time is over, and nobody came or called."""
    TO_ASK = "to-ask"
    """Work is done; the caller has yet to be asked."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as the list shows it. Moments are in the utility's zone."""

    number: int
    call_id: str
    opened_at: datetime
    category: str
    """What the call is about; empty while nobody knows."""
    flow: str
    urgent: bool
    """Danger was told by a key, or understood from the words."""
    district: str
    """Its name; empty when not known."""
    contact: str
    promised: str
    promised_at: datetime | None
    left: timedelta | None
    """Until the promise is due, negative when it is over; None when there is none or it no longer waits."""
    owner: str
    state: CaseState
    moves: tuple[CaseState, ...]

    @property
    def promisable(self) -> bool:
        """Whether it is still to be seen to, and nobody was told by when."""
        return self.promised_at is None and self.state in UNDER_WAY

    @property
    def overdue(self) -> bool:
        """Whether the promise was not kept so far."""
        return self.left is not None and self.left < timedelta(0)


def rows_of_cases(
    s: Session, view: View, user_id: int, now: datetime, zone: ZoneInfo, most: int = PAGE
) -> tuple[CaseRow, ...]:
    """The cases of a view: urgent ones first, then by what is due next. `now` is in UTC."""
    wanted = select(Case, category_of_call(), District.name, case_is_urgent()).join(Call, Case.call_id == Call.id)
    wanted = wanted.outerjoin(District, District.key == Case.district).options(joinedload(Case.owner))
    if view is View.ALL:
        wanted = wanted.order_by(Case.number.desc())
    else:
        pressing = case((case_is_urgent() & Case.state.in_(WAITING), 0), else_=1)
        wanted = wanted.where(_in_view(view, user_id, now)).order_by(
            pressing, Case.promised_at.is_(None), Case.promised_at, Case.number
        )
    found = s.execute(wanted.limit(most))
    return tuple(_row(row, category, district or "", urgent, now, zone) for row, category, district, urgent in found)


def cases_of_call(s: Session, call_id: str, now: datetime, zone: ZoneInfo) -> tuple[CaseRow, ...]:
    """The cases of one call, the first one first. `now` is in UTC."""
    wanted = select(Case, District.name, case_is_urgent()).join(Call, Case.call_id == Call.id)
    wanted = wanted.outerjoin(District, District.key == Case.district).options(joinedload(Case.owner))
    wanted = wanted.where(Case.call_id == call_id).order_by(Case.number)
    found = s.execute(wanted)
    return tuple(_row(row, "", district or "", urgent, now, zone) for row, district, urgent in found)


def count_by_view(s: Session, user_id: int, now: datetime) -> dict[View, int]:
    """How many cases each view has, but for all."""
    counts: dict[View, int] = {}
    for view in (each for each in View if each is not View.ALL):
        found = select(func.count()).select_from(Case).where(_in_view(view, user_id, now))
        counts[view] = s.scalar(found) or 0
    return counts


def _in_view(view: View, user_id: int, now: datetime) -> ColumnElement[bool]:
    conditions: dict[View, ColumnElement[bool]] = {
        View.WAITING: Case.state.in_(WAITING),
        View.MINE: (Case.owner_id == user_id) & (Case.state != CaseState.CLOSED),
        View.OVERDUE: Case.state.in_(UNDER_WAY) & (Case.promised_at < now),
        View.TO_ASK: Case.state.in_(TO_ASK),
    }
    return conditions[view]


def _row(found: Case, category: str, district: str, urgent: bool, now: datetime, zone: ZoneInfo) -> CaseRow:
    state = CaseState(found.state)
    waits = found.promised_at is not None and state in UNDER_WAY
    return CaseRow(
        number=found.number,
        call_id=found.call_id,
        opened_at=found.opened_at.astimezone(zone),
        category=category,
        flow=found.flow,
        urgent=urgent,
        district=district,
        contact=found.contact,
        promised=found.promised,
        promised_at=found.promised_at.astimezone(zone) if found.promised_at else None,
        left=found.promised_at - now if found.promised_at and waits else None,
        owner=found.owner.name if found.owner else "",
        state=state,
        moves=next_states(state),
    )
