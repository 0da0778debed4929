"""Known outages: where power is off, and when it is expected back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Concatenate, ParamSpec

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from orders.districts import known_district
from orders.errors import OutageRefused, OutageUnknown
from recordings.one_line import one_line
from recordings.tables import Outage

P = ParamSpec("P")
AREA_LENGTH = 200


class Cause(StrEnum):
    """Why power is off."""

    FAULT = "fault"
    PLANNED = "planned"
    WEATHER = "weather"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Known:
    """What a caller is told of an outage."""

    cause: Cause
    since: datetime
    expected_back: datetime | None
    partly: bool
    """True when only a part of the district is meant."""


def known_of(
    s: Session, find: Callable[Concatenate[Session, P], Sequence[Outage]], *args: P.args, **kwargs: P.kwargs
) -> Sequence[Known]:
    """What one of the searches below finds, as a caller is told of it."""
    return [Known(Cause(o.cause), o.since, o.expected_back, bool(o.area)) for o in find(s, *args, **kwargs)]


def add_outage(
    s: Session,
    *,
    district: str,
    since: datetime,
    expected_back: datetime | None = None,
    area: str = "",
    cause: str = Cause.FAULT,
) -> Outage:
    """Note an outage. Raises DistrictUnknown and OutageRefused."""
    place = known_district(s, district)
    outage = Outage(district=place.key)
    _write(outage, area=area, cause=cause, since=since, expected_back=expected_back)
    s.add(outage)
    s.flush()
    return outage


def edit_outage(
    s: Session, outage_id: int, *, district: str, since: datetime, expected_back: datetime | None, area: str, cause: str
) -> Outage:
    """Write an outage anew, all of it. Raises OutageUnknown, DistrictUnknown and OutageRefused."""
    outage = known_outage(s, outage_id)
    outage.district = known_district(s, district).key
    _write(outage, area=area, cause=cause, since=since, expected_back=expected_back)
    s.flush()
    s.expire(outage, ["place"])
    return outage


def _write(outage: Outage, *, area: str, cause: str, since: datetime, expected_back: datetime | None) -> None:
    area = one_line(area)
    if len(area) > AREA_LENGTH:
        raise OutageRefused(f"the area has {len(area)} characters; describe it in at most {AREA_LENGTH}")
    if cause not in set(Cause):
        raise OutageRefused(f"there is no cause {cause!r}; choose one of {', '.join(Cause)}")
    if expected_back is not None and expected_back <= since:
        raise OutageRefused("power cannot be back before it is off; correct one of the two times")
    outage.area, outage.cause, outage.since, outage.expected_back = area, cause, since, expected_back


def end_outage(s: Session, outage_id: int, at: datetime) -> Outage:
    """Power is back. The first end counts. Raises OutageUnknown."""
    outage = known_outage(s, outage_id)
    if outage.ended_at is None:
        outage.ended_at = at
    return outage


def known_outage(s: Session, outage_id: int) -> Outage:
    """An outage by its number. Raises OutageUnknown."""
    if (outage := s.get(Outage, outage_id, options=[joinedload(Outage.place)])) is None:
        raise OutageUnknown(outage_id)
    return outage


def outages(s: Session, *, ended: bool = False) -> Sequence[Outage]:
    """Those that have not ended, planned ones included, soonest first; with `ended` all, newest first."""
    wanted = select(Outage).options(joinedload(Outage.place))
    if ended:
        return s.scalars(wanted.order_by(Outage.since.desc(), Outage.id.desc())).all()
    return s.scalars(wanted.where(Outage.ended_at.is_(None)).order_by(Outage.since, Outage.id)).all()


def current_outages(s: Session, district: str, at: datetime) -> Sequence[Outage]:
    """Outages of a district that have begun and not ended at that moment, the longest first."""
    holding = or_(Outage.ended_at.is_(None), Outage.ended_at > at)
    wanted = select(Outage).where(Outage.district == district, Outage.since <= at, holding)
    return s.scalars(wanted.options(joinedload(Outage.place)).order_by(Outage.since, Outage.id)).all()


def announced_outages(s: Session, district: str, at: datetime, until: datetime) -> Sequence[Outage]:
    """Outages of a district that are to begin between two moments, soonest first."""
    wanted = select(Outage).where(
        Outage.district == district, Outage.since > at, Outage.since <= until, Outage.ended_at.is_(None)
    )
    return s.scalars(wanted.options(joinedload(Outage.place)).order_by(Outage.since, Outage.id)).all()
