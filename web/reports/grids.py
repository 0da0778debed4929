"""Counts of a day's calls by two things at once: by category and hour, by category and district, and so on."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from triage.verdict import Category
from web.reports.seen import UNKNOWN, Seen

ELSEWHERE = ""
"""Stands for the district of a call whose district nobody knows."""
CATEGORIES = (*(category.value for category in Category), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of counts. Columns in which nothing was counted are left out."""

    heads: tuple[str, ...]
    """Keys of the columns: categories, or hours of the clock."""
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """Key of a row and its counts, one for each column."""


def categories_by_hour(calls: Sequence[Seen]) -> Grid:
    """A row an hour of the clock, '0' to '23', a column a category."""
    return _grid(calls, lambda call: str(call.at.hour), map(str, range(24)), lambda call: call.category, CATEGORIES)


def categories_by_district(calls: Sequence[Seen], districts: Iterable[str]) -> Grid:
    """A row a district of which anybody called, the unknown one last; a column a category."""
    called = {call.district for call in calls}
    rows = [key for key in (*_known(calls, districts), ELSEWHERE) if key in called]
    return _grid(calls, lambda call: call.district, rows, lambda call: call.category, CATEGORIES)


def districts_by_hour(calls: Sequence[Seen], districts: Iterable[str]) -> Grid:
    """A row an hour of the clock, a column a district of which anybody called, the unknown one last."""
    keys = (*_known(calls, districts), ELSEWHERE)
    return _grid(calls, lambda call: str(call.at.hour), map(str, range(24)), lambda call: call.district, keys)


def _known(calls: Sequence[Seen], districts: Iterable[str]) -> list[str]:
    """Keys of districts, and of those that were taken away since."""
    known = list(districts)
    return known + sorted({call.district for call in calls} - {*known, ELSEWHERE})


def _grid(
    calls: Sequence[Seen],
    row_of: Callable[[Seen], str],
    rows: Iterable[str],
    column_of: Callable[[Seen], str],
    columns: Iterable[str],
) -> Grid:
    counts = Counter((row_of(call), column_of(call)) for call in calls)
    used = {column for _, column in counts}
    heads = tuple(column for column in columns if column in used)
    return Grid(heads, tuple((row, tuple(counts[row, column] for column in heads)) for row in rows))
