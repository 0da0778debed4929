"""All that the supervisor's page of a day shows, gathered once for the page and for its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from orders.districts import all_districts
from web.days import end_of
from web.reports.day import A_WEEK, DayFigures, compare, until_of
from web.reports.grids import Grid, categories_by_district, categories_by_hour, districts_by_hour
from web.reports.promises import Promises, promises_of_day
from web.reports.repeat import RepeatCaller, repeat_callers
from web.reports.seen import seen_on
from web.reports.trending import Rising, rising_words


@dataclass(frozen=True, slots=True)
class DayReport:
    """One day, whole."""

    figures: DayFigures
    category_hours: Grid
    category_districts: Grid
    district_hours: Grid
    districts: Mapping[str, str]
    """Names of districts by key."""
    promises: Promises
    callers: tuple[RepeatCaller, ...]
    rising: tuple[Rising, ...]


def report_of_day(s: Session, day: date, zone: ZoneInfo, now: datetime) -> DayReport:
    """Gather a day of `zone`, up to now if it is not over. `now` is in UTC."""
    until = until_of(day, zone, now)
    today, before = seen_on(s, day, zone, until), seen_on(s, day - A_WEEK, zone, until)
    districts = {place.key: place.name for place in all_districts(s)}
    end = min(now, end_of(day, zone))
    return DayReport(
        figures=compare(day, until, today, before),
        category_hours=categories_by_hour(today),
        category_districts=categories_by_district(today, districts),
        district_hours=districts_by_hour(today, districts),
        districts=districts,
        promises=promises_of_day(s, day, zone, now),
        callers=repeat_callers(s, end),
        rising=rising_words(s, end),
    )
