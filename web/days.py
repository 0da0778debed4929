"""Days and months as forms and addresses name them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from web.errors import FilterUnknown


def day_of(form: Mapping[str, str], name: str, otherwise: date) -> date:
    """The day that a field names, the other one when it is empty. Raises FilterUnknown."""
    value = form.get(name, "").strip()
    try:
        day = date.fromisoformat(value) if value else otherwise
    except ValueError:
        raise FilterUnknown(name, value) from None
    if not 2000 <= day.year < 2200:  # Beyond these a day in another zone can fall off the calendar.
        raise FilterUnknown(name, value)
    return day


def begin_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which a day of the utility begins."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which the day after begins; a day may have 23 or 25 hours."""
    return begin_of(day + timedelta(days=1), zone)


def month_of(address: Mapping[str, str], today: date) -> date:
    """The first day of the month of the address ('2026-03'), of the present one when it names none."""
    value = address.get("month", "").strip()
    return day_of({"month": f"{value}-01" if value else ""}, "month", today).replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=32)).replace(day=1)
