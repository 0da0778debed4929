"""The day's figures for programs."""

from dataclasses import asdict

from web.api.shapes import Day
from web.days import day_of
from web.errors import FilterUnknown
from web.parts import now, parts
from web.reports.day import figures_of_day


def day(day: str) -> Day:
    """The figures of a day, up to now when it is today. Raises FilterUnknown for no day, or one to come."""
    at, zone = now(), parts().zone
    today = at.astimezone(zone).date()
    wanted = day_of({"day": day}, "day", today)
    if wanted > today:
        raise FilterUnknown("day", day)
    with parts().archive.reading() as s:
        figures = asdict(figures_of_day(s, wanted, zone, at))
    del figures["until"]
    return Day(**figures)
