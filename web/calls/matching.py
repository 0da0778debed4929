"""Which calls the filters want, as SQL over the list of calls."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, UnaryExpression, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.operators import custom_op

from recordings.listing import place_of
from recordings.searching import CALL_WORDS, Term, holds
from recordings.tables import Listed
from web.calls.filters import Filters


def matching(s: Session, filters: Filters, zone: ZoneInfo) -> Select[int]:
    """The places in the list of all calls for which the filters hold, in no order."""
    dialect = s.get_bind().dialect.name
    wanted = select(Listed.id)
    if filters.terms:
        wanted = wanted.join(CALL_WORDS, CALL_WORDS.c.rowid == Listed.id).where(holds(dialect, _terms(filters)))
        # The search leads: rows come out of its index newest first, and the filters only look at those.
        leads = dialect == "sqlite"
    else:
        leads = False
    if filters.category:
        wanted = wanted.where(_column(Listed.category, leads) == filters.category.value)
    if filters.state:
        wanted = wanted.where(_column(Listed.state, leads) == filters.state.value)
    if filters.urgent:
        wanted = wanted.where(_column(Listed.urgent, leads) == True)  # noqa: E712 - SQL
    if filters.unsure:
        wanted = wanted.where(_column(Listed.doubtful, leads) == True)  # noqa: E712 - SQL
    if filters.day:
        place = CALL_WORDS.c.rowid if filters.terms else Listed.id
        wanted = wanted.where(place >= _midnight(filters.day, zone))
        wanted = wanted.where(place < _midnight(filters.day + timedelta(days=1), zone))
    return wanted


def _terms(filters: Filters) -> list[Term]:
    return [Term(word, number) for word, number in zip(filters.terms, filters.numbers, strict=True)]


def _midnight(day: date, zone: ZoneInfo) -> int:
    return place_of(datetime.combine(day, time(), zone))


def _column(column: "InstrumentedAttribute[object]", bare: bool) -> "ColumnElement[object]":
    """A column; `bare` of its indices, as SQLite understands a plus sign (https://www.sqlite.org/optoverview.html)."""
    return UnaryExpression(column.expression, operator=custom_op("+")) if bare else column.expression
