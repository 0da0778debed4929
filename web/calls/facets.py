"""How many calls there are behind every filter, under the others that are chosen."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from recordings.call_state import CallState
from recordings.searching import CALL_WORDS
from recordings.tables import Listed, Tally
from triage.verdict import Category
from web.calls.filters import Filters
from web.calls.matching import matching

SAMPLE = 1000
"""Of a search so many of the newest are counted: nobody reads further, and all would be slow."""
COLUMNS = (Listed.category, Listed.state, Listed.urgent, Listed.doubtful)


class Kind(NamedTuple):
    """What calls are counted by."""

    category: str
    state: str
    urgent: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of calls of each kind, before category, state, urgency and doubt narrow them."""

    counts: Counter[Kind]
    filters: Filters
    capped: bool
    """Whether there may be more calls than were counted."""

    def of(self, **changes: object) -> int:
        """Calls for which the filters hold, with some changed: `of(category=Category.REPAIR)`."""
        wanted = replace(self.filters, **changes)  # type: ignore[arg-type]
        return sum(count for kind, count in self.counts.items() if _holds(wanted, kind))

    @property
    def categories(self) -> dict[str, int]:
        """By category; all of them under ''."""
        return {"": self.of(category=None)} | {each.value: self.of(category=each) for each in Category}

    @property
    def urgent(self) -> int:
        """Urgent ones."""
        return self.of(urgent=True)

    @property
    def unsure(self) -> int:
        """Those that wait for a person's word."""
        return self.of(unsure=True)

    @property
    def states(self) -> dict[str, int]:
        """By state."""
        return {each.value: self.of(state=each) for each in CallState}


def facets(s: Session, filters: Filters, zone: ZoneInfo) -> Facets:
    """Count what search and day leave; without either the tallies have it already."""
    bare = replace(filters, category=None, state=None, urgent=False, unsure=False)
    counts: Counter[Kind] = Counter()
    counted: Select[*tuple[Any, ...]]
    if filters.terms:
        newest = matching(s, bare, zone).with_only_columns(*COLUMNS).order_by(CALL_WORDS.c.rowid.desc())
        kind = newest.limit(SAMPLE).subquery().columns
        counted = select(*kind, func.count()).group_by(*kind)
    elif filters.day:
        counted = matching(s, bare, zone).with_only_columns(*COLUMNS, func.count()).group_by(*COLUMNS)
    else:
        tallied = (Tally.category, Tally.state, Tally.urgent, Tally.doubtful)
        counted = select(*tallied, func.sum(Tally.calls)).group_by(*tallied)
    for category, state, urgent, doubtful, count in s.execute(counted):
        counts[Kind(category, state, bool(urgent), bool(doubtful))] = count
    return Facets(counts, filters, capped=bool(filters.terms) and counts.total() >= SAMPLE)


def recent_days(s: Session, filters: Filters, zone: ZoneInfo, today: date) -> dict[date, int]:
    """How many calls the filters leave of today and of yesterday; of a search at most SAMPLE."""
    counts = {}
    for day in (today, today - timedelta(days=1)):
        found = matching(s, replace(filters, day=day), zone).limit(SAMPLE if filters.terms else None).subquery()
        counts[day] = s.scalar(select(func.count()).select_from(found)) or 0
    return counts


def _holds(wanted: Filters, kind: Kind) -> bool:
    return (
        (wanted.category is None or wanted.category == kind.category)
        and (wanted.state is None or wanted.state == kind.state)
        and (not wanted.urgent or kind.urgent)
        and (not wanted.unsure or kind.doubtful)
    )
