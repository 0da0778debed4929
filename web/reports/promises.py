"""What was promised for a day, and what became of it: kept, late, broken so far, or still to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from orders.states import UNDER_WAY, CaseState
from recordings.tables import Case, District, Event
from web.days import begin_of, end_of

SOON = timedelta(hours=2)
"""What is due within this is due soon: somebody can still see to it."""


class Kept(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    """A crew came, or somebody called, in time."""
    LATE = "late"
    """The same, but after the time."""
    BROKEN = "broken"
    """The time is over and nobody came or called."""
    SOON = "soon"
    """It is due within two hours."""
    AHEAD = "ahead"
    """It is due later."""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise that is for that day. Moments are in the utility's zone."""

    number: int
    call_id: str
    district: str
    """Its name; empty when not known."""
    promised: str
    due: datetime
    kept_at: datetime | None
    became: Kept


@dataclass(frozen=True, slots=True)
class Promises:
    """The promises of a day."""

    rows: tuple[PromiseRow, ...]
    """In the order in which they are due."""

    def count(self, *became: str) -> int:
        """How many became one of these."""
        return sum(row.became in became for row in self.rows)

    @property
    def pressing(self) -> tuple[PromiseRow, ...]:
        """Those that somebody should see to now: broken so far, then due soon."""
        return tuple(row for row in self.rows if row.became in (Kept.BROKEN, Kept.SOON))

    @property
    def by_district(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Name of a district, empty when not known, and how many of its promises became what, in the order of Kept."""
        names = sorted({row.district for row in self.rows}, key=lambda name: (not name, name))
        return tuple(
            (name, tuple(sum(row.district == name and row.became is each for row in self.rows) for each in Kept))
            for name in names
        )


def promises_of_day(s: Session, day: date, zone: ZoneInfo, now: datetime) -> Promises:
    """Promises that are due on a day of `zone`, as they stand now. `now` is in UTC.

    A promise is kept when its case first leaves the states in which somebody is still to come or to call.
    """
    states = Case.state.in_(list(CaseState))  # every one there is: the index begins with the state
    due = (states, Case.promised_at >= begin_of(day, zone), Case.promised_at < end_of(day, zone))
    kept = _kept(s, select(Case.call_id).where(*due))
    wanted = select(Case, Case.promised_at, District.name).outerjoin(District, District.key == Case.district)
    found = s.execute(wanted.where(*due).order_by(Case.promised_at, Case.number))
    return Promises(tuple(_row(case, at, name or "", kept, zone, now) for case, at, name in found if at))


def _kept(s: Session, calls: Select[str]) -> dict[int, datetime]:
    """By number of a case: when somebody first came or called."""
    first: dict[int, datetime] = {}
    wanted = select(Event).where(Event.call_id.in_(calls), Event.kind == "case-moved").order_by(Event.id)
    for event in s.scalars(wanted):
        number, state = event.detail.get("case"), event.detail.get("state")
        if isinstance(number, int) and state not in UNDER_WAY:
            first.setdefault(number, event.at)
    return first


def _row(
    case: Case, due: datetime, district: str, kept: Mapping[int, datetime], zone: ZoneInfo, now: datetime
) -> PromiseRow:
    at = kept.get(case.number)
    return PromiseRow(
        number=case.number,
        call_id=case.call_id,
        district=district,
        promised=case.promised,
        due=due.astimezone(zone),
        kept_at=at.astimezone(zone) if at else None,
        became=_became(due, at, CaseState(case.state), now),
    )


def _became(due: datetime, kept_at: datetime | None, state: CaseState, now: datetime) -> Kept:
    if kept_at is not None:
        return Kept.KEPT if kept_at <= due else Kept.LATE
    if state not in UNDER_WAY:  # handled without a move on record: believed
        return Kept.KEPT
    if due < now:
        return Kept.BROKEN
    return Kept.SOON if due - now <= SOON else Kept.AHEAD
