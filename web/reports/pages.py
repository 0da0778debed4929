"""The page of the day's figures."""

from datetime import date, datetime, time, timedelta

from flask import Blueprint, render_template, request

from web.errors import FilterUnknown
from web.parts import now, parts
from web.reports.day import figures_of_day
from web.reports.repeat import repeat_callers
from web.reports.trending import rising_words

desk = Blueprint("reports", __name__)

A_DAY = timedelta(days=1)


@desk.get("/reports", endpoint="day")
def day_of_calls() -> str:
    """What people called about on a day, beside the week before."""
    zone, at = parts().zone, now()
    today = at.astimezone(zone).date()
    day = min(read_day(request.args.get("day", ""), today), today)
    until = min(at, datetime.combine(day + A_DAY, time.min, zone).astimezone(at.tzinfo))
    with parts().archive.reading() as s:
        figures = figures_of_day(s, day, zone, at)
        callers = repeat_callers(s, until)
        rising = rising_words(s, until)
    return render_template(
        "reports.html",
        figures=figures,
        callers=callers,
        rising=rising,
        zone=zone,
        today=today,
        earlier=day - A_DAY,
        later=day + A_DAY if day < today else None,
    )


def read_day(value: str, today: date) -> date:
    """A day of an address, today when it names none. Raises FilterUnknown."""
    try:
        day = date.fromisoformat(value) if value else today
    except ValueError:
        raise FilterUnknown("day", value) from None
    if not 2000 <= day.year < 2200:
        raise FilterUnknown("day", value)
    return day
