"""The tables of a day as rows for a file, by the name that stands in the address."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from web.reports.gathered import DayReport
from web.reports.grids import ELSEWHERE, Grid
from web.reports.seen import UNKNOWN
from web.table_file import Cell
from web.text import Text


class Table(NamedTuple):
    """Headings and rows of one file."""

    heads: list[str]
    rows: list[list[Cell]]


def _days(report: DayReport, text: Text, first: str) -> list[str]:
    return [text.zh(first), report.figures.day.isoformat(), report.figures.before.isoformat()]


def _hours(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    rows: list[list[Cell]] = [[int(pair.name), pair.now, pair.before] for pair in report.figures.hours]
    return Table(_days(report, text, "report.hour"), rows)


def _categories(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    rows: list[list[Cell]] = [[_category(pair.name, text), pair.now, pair.before] for pair in report.figures.categories]
    return Table(_days(report, text, "list.category"), rows)


def _category(name: str, text: Text) -> str:
    return text.zh("report.unknown" if name == UNKNOWN else f"category.{name}")


def _district(key: str, report: DayReport, text: Text) -> str:
    return text.zh("report.elsewhere") if key == ELSEWHERE else report.districts.get(key, key)


def _category_hours(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    return _of_grid(report.category_hours, "report.hour", lambda key: _category(key, text), text)


def _district_hours(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    return _of_grid(report.district_hours, "report.hour", lambda key: _district(key, report, text), text)


def _category_districts(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    grid = report.category_districts
    named = Grid(grid.heads, tuple((_district(key, report, text), counts) for key, counts in grid.rows))
    return _of_grid(named, "supply.district", lambda key: _category(key, text), text)


def _of_grid(grid: Grid, first: str, head_of: Callable[[str], str], text: Text) -> Table:
    heads = [text.zh(first), *(head_of(key) for key in grid.heads)]
    return Table(heads, [[int(key) if key.isdecimal() else key, *counts] for key, counts in grid.rows])


def _promises(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    names = ("list.case", "supply.district", "report.promised", "report.due", "report.kept-at", "report.became")
    rows: list[list[Cell]] = [
        [
            row.number,
            row.district or text.zh("report.elsewhere"),
            text.named("promised", row.promised),
            f"{row.due:%Y-%m-%d %H:%M}",
            f"{row.kept_at:%Y-%m-%d %H:%M}" if row.kept_at else "",
            text.zh(f"became.{row.became}"),
        ]
        for row in report.promises.rows
    ]
    return Table([text.zh(name) for name in names], rows)


def _repeat(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    rows: list[list[Cell]] = [
        [
            one.caller,
            one.calls,
            f"{one.first.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{one.last.astimezone(zone):%Y-%m-%d %H:%M}",
            text.zh(f"category.{one.category}") if one.category else "",
        ]
        for one in report.callers
    ]
    names = ("list.caller", "report.times", "report.first", "report.last", "list.category")
    return Table([text.zh(name) for name in names], rows)


def _rising(report: DayReport, text: Text, zone: ZoneInfo) -> Table:
    rows: list[list[Cell]] = [
        [one.word, one.calls, round(one.share, 4), round(one.share_before, 4)] for one in report.rising
    ]
    names = ("report.word", "report.in-calls", "report.share", "report.share-before")
    return Table([text.zh(name) for name in names], rows)


TABLES: Mapping[str, Callable[[DayReport, Text, ZoneInfo], Table]] = MappingProxyType(
    {
        "hours": _hours,
        "categories": _categories,
        "category-hours": _category_hours,
        "category-districts": _category_districts,
        "district-hours": _district_hours,
        "promises": _promises,
        "repeat": _repeat,
        "rising": _rising,
    }
)
"""Every table of the page."""
