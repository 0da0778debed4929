"""An outage as the form holds it: typed text first, and what the books take once it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from orders.errors import OutageRefused
from orders.outages import Cause
from recordings.tables import Outage
from web.times import TYPED


@dataclass(frozen=True, slots=True)
class OutageForm:
    """The fields as they were typed, or as a stored outage fills them. Times are on the utility's clock."""

    district: str = ""
    area: str = ""
    cause: str = Cause.FAULT.value
    since: str = ""
    back: str = ""

    @classmethod
    def typed(cls, fields: Mapping[str, str]) -> "OutageForm":
        """What somebody sent."""
        return cls(**{name: fields.get(name, "").strip() for name in cls.__slots__})

    @classmethod
    def of(cls, outage: Outage, zone: ZoneInfo) -> "OutageForm":
        """What is stored."""
        since, back = (at.astimezone(zone).strftime(TYPED) if at else "" for at in (outage.since, outage.expected_back))
        return cls(outage.district, outage.area, outage.cause, since, back)

    def times(self, now: datetime) -> tuple[datetime, datetime | None]:
        """Since when (now when empty), and when power is expected. `now` is in the zone. Raises OutageRefused."""
        return _moment(self.since, now) or now, _moment(self.back, now)


def _moment(typed: str, now: datetime) -> datetime | None:
    if not typed:
        return None
    for form in (TYPED, "%Y-%m-%d %H:%M", "%H:%M"):
        try:
            found = datetime.strptime(typed, form).replace(tzinfo=now.tzinfo)
        except ValueError:
            continue
        return found.replace(year=now.year, month=now.month, day=now.day) if form == "%H:%M" else found
    raise OutageRefused(f"{typed[:40]!r} is no time; write it as 2026-03-05 14:30")
