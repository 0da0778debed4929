"""The list of calls as a file, under the filters of the page. Taking it away is written down first."""

from collections.abc import Iterator

from flask import Blueprint, Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recordings.tables import Call, Listed
from web.calls.filters import Filters
from web.calls.matching import matching
from web.parts import now, parts
from web.table_file import Cell
from web.taking_away import hand_out, kind_of

desk = Blueprint("exports", __name__)

MOST = 20_000
"""Calls in one file, the newest; a filter by day gets the others. More would hold the console up."""
COLUMNS = (
    "list.time", "list.category", "call.urgent", "list.words", "list.caller", "list.case", "list.length", "list.state",
    "list.id",
)  # fmt: skip


@desk.get("/calls/export.<kind>", endpoint="calls")
def calls(kind: str) -> Response:
    """The calls for which the filters hold, newest first, as CSV or XLSX. 400 for another kind of file."""
    wanted, filters = kind_of(kind), Filters.parse(request.args)
    with parts().archive.reading() as s:
        rows = list(_rows(s, filters))
    heads = [parts().text.zh(column) for column in COLUMNS]
    narrowed = " ".join(f"{name}={value}" for name, value in filters.address().items() if name != "q")
    about = f"{len(rows)} calls as {kind} {narrowed}{' searched' if filters.search else ''}"
    return hand_out(wanted, f"calls-{now().astimezone(parts().zone):%Y%m%d-%H%M%S}", heads, rows, about)


def _rows(s: Session, filters: Filters) -> Iterator[tuple[Cell, ...]]:
    zone, text = parts().zone, parts().text
    newest = matching(s, filters, zone).order_by(Listed.id.desc()).limit(MOST)
    loading = joinedload(Listed.call), joinedload(Listed.call).selectinload(Call.cases)
    for listed in s.scalars(select(Listed).where(Listed.id.in_(newest)).options(*loading).order_by(Listed.id.desc())):
        call = listed.call
        category = f"category.{listed.category}"
        yield (
            f"{call.started_at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            text.zh(category) if category in text else listed.category,
            text.zh("call.urgent") if listed.urgent else "",
            listed.said.replace("\n", " "),
            call.caller,
            " ".join(str(case.number) for case in call.cases),
            round((call.ended_at - call.started_at).total_seconds()) if call.ended_at else None,
            text.zh(f"state.{listed.state}"),
            call.id,
        )
