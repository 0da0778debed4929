"""Opening hours: working days, weekends, holidays, adjusted working days, nights, and days of their own."""

from datetime import date, datetime

import pytest

from ivr.hours import HoursWrong, read_hours
from ivr.working_days import CALENDAR_ENDS, DayKind, kind_of_day

OFFICE = {"workdays": ["08:30-12:00", "13:30-17:30"], "saturdays": "9:00-12:00", "dates": {"2026-12-31": "08:30-10:00"}}


def open_at(table, moment: str) -> bool:
    return read_hours("office", table).open_at(datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-25 08:29", False),
        ("2026-11-25 08:30", True),
        ("2026-11-25 11:59", True),
        ("2026-11-25 12:00", False),
        ("2026-11-25 13:30", True),
        ("2026-11-28 10:00", True),  # a Saturday
        ("2026-11-28 14:00", False),
        ("2026-11-29 10:00", False),  # a Sunday
        ("2026-10-01 10:00", False),  # National Day, a Thursday
        ("2026-10-03 10:00", False),  # a Saturday inside the holiday is holiday, not Saturday
        ("2026-10-10 14:00", True),  # a Saturday worked for National Day (调休)
        ("2026-09-20 09:00", True),  # a Sunday worked likewise
        ("2026-12-31 09:00", True),
        ("2026-12-31 11:00", False),  # a day of its own
    ],
)
def test_it_is_open_when_a_person_would_expect_it(moment, is_open):
    assert open_at(OFFICE, moment) is is_open


def test_a_night_goes_past_midnight_into_the_next_day_whatever_kind_that_is():
    night = {"workdays": "22:00-06:00"}
    assert open_at(night, "2026-11-27 23:00")  # Friday
    assert open_at(night, "2026-11-28 05:59")  # the Saturday morning after
    assert not open_at(night, "2026-11-28 06:00")
    assert not open_at(night, "2026-11-28 23:00")


def test_all_day_and_weekends_in_one_line():
    always = {"workdays": "00:00-24:00", "weekends": "00:00-24:00"}
    assert open_at(always, "2026-11-28 00:00")
    assert open_at(always, "2026-11-29 23:59")
    assert not open_at(always, "2026-10-01 12:00"), "holidays have no line, so they are closed"


def test_full_width_colons_are_understood():
    assert open_at({"workdays": "08：30-17：30"}, "2026-11-25 09:00")


def test_beyond_the_calendar_only_weekdays_are_known():
    beyond = date(CALENDAR_ENDS.year + 1, 1, 1)
    kinds = {kind_of_day(date(beyond.year, 1, day)) for day in range(1, 15)}
    assert kinds == {DayKind.WORKDAY, DayKind.SATURDAY, DayKind.SUNDAY}
    assert date(2026, 12, 31) <= CALENDAR_ENDS


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"workdays": "8-17"}, "'8-17'"),
        ({"workdays": "08:30-25:00"}, "'08:30-25:00'"),
        ({"workdays": "08:30-08:30"}, "all day is"),
        ({"workdays": "08:70-09:00"}, "08:70"),
        ({"workdays": 8}, "workdays = 8"),
        ({"mondays": "08:30-17:30"}, "'mondays'"),
        ({"dates": {"31.12.2026": []}}, "2026-12-31"),
        ({"dates": "2026-12-31"}, "must be a table"),
    ],
)
def test_a_line_that_cannot_be_is_named_with_the_mend(table, named):
    with pytest.raises(HoursWrong) as wrong:
        read_hours("office", table)
    assert named in str(wrong.value)
