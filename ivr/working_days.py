"""What kind of day a date is in China: a working day, a weekend, or a public holiday with its adjusted working days."""

from datetime import date
from enum import StrEnum

import chinese_calendar
from chinese_calendar.constants import holidays

CALENDAR_ENDS = date(max(holidays).year, 12, 31)
"""The last day whose holidays are known; the State Council announces a year's in the autumn before it."""
CALENDAR_BEGINS = date(min(holidays).year, 1, 1)
"""The first day whose holidays are known."""


class DayKind(StrEnum):
    """By which line of the opening hours a day goes."""

    WORKDAY = "workdays"
    """Monday to Friday, and the weekend days on which a holiday is worked off (调休)."""
    SATURDAY = "saturdays"
    SUNDAY = "sundays"
    HOLIDAY = "holidays"
    """A public holiday, weekends inside it included."""


def kind_of_day(day: date) -> DayKind:
    """The kind of a day; beyond the calendar's data only the weekday is known, and no holiday."""
    if CALENDAR_BEGINS <= day <= CALENDAR_ENDS:
        free, holiday = chinese_calendar.get_holiday_detail(day)
        if not free:
            return DayKind.WORKDAY
        if holiday is not None:
            return DayKind.HOLIDAY
    return {5: DayKind.SATURDAY, 6: DayKind.SUNDAY}.get(day.weekday(), DayKind.WORKDAY)
