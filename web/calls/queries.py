"""The list of calls: one frozen row a call, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from recordings.corrections import CATEGORY
from recordings.searching import CALL_WORDS
from recordings.tables import Call, Correction, Listed
from web.calls.excerpt import Piece, excerpt
from web.calls.facets import Facets, facets
from web.calls.filters import Filters
from web.calls.matching import matching
from web.calls.moments import Moment, moments_of
from web.errors import CallMissing

PAGE = 50
"""Calls on one page of the list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One call as the list shows it."""

    id: str
    started_at: datetime
    """In the utility's zone."""
    caller: str
    cases: tuple[int, ...]
    category: str
    """The person's word or else the machine's; empty while neither spoke."""
    by_person: str
    """'corrected' when a person's word stands against the machine's, 'confirmed' when it agrees, '' without one."""
    urgent: bool
    flow: str
    """The last flow that the caller chose by key; empty when the call did not get that far."""
    outcome: str
    """How the call ended; empty while it goes on."""
    words: tuple[Piece, ...]
    """The beginning of what was said, or the place that was searched for."""
    seconds: float | None
    """Length of the call; None while it goes on."""
    state: str
    moment: Moment | None
    """Where what was searched for is said; None without a search, or when it stands in a number."""
    outgoing: bool
    """Whether we called the resident."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, newest first."""

    rows: tuple[Row, ...]
    newer: str
    """Id to ask for the page before this one with; empty when this is the newest."""
    older: str
    """Id to ask for the page after this one with; empty when this is the oldest."""
    facets: Facets
    """How many calls match, and how many would under other filters."""

    @property
    def count(self) -> int:
        """Calls that match; at least so many, where `facets.capped`."""
        return max(self.facets.of(), len(self.rows))


def page_of_calls(s: Session, filters: Filters, zone: ZoneInfo, *, after: str = "", before: str = "") -> Page:
    """The newest page, or the one just older than the call `after`, or just newer than `before`.

    Raises CallMissing when the call of `after` or `before` does not exist.
    """
    wanted, place = matching(s, filters, zone), _place(filters)
    if before:
        newer = wanted.where(place > _place_of(s, before)).order_by(place)
        found = list(s.scalars(newer.limit(PAGE + 1)))
        ids, more_newer, more_older = found[:PAGE][::-1], len(found) > PAGE, True
    else:
        older = wanted.where(place < _place_of(s, after)) if after else wanted
        found = list(s.scalars(older.order_by(place.desc()).limit(PAGE + 1)))
        ids, more_newer, more_older = found[:PAGE], bool(after), len(found) > PAGE
    rows = tuple(_rows(s, ids, filters, zone))
    newest, oldest = (rows[0].id, rows[-1].id) if rows else ("", "")
    return Page(rows, newest if more_newer else "", oldest if more_older else "", facets(s, filters, zone))


def neighbours(s: Session, call_id: str, filters: Filters, zone: ZoneInfo) -> tuple[str, str]:
    """Ids of the next newer and next older call under the same filters, '' where there is none. Raises CallMissing."""
    wanted, place, here = matching(s, filters, zone), _place(filters), _place_of(s, call_id)
    wanted = wanted.add_columns(Listed.call_id)
    newer = s.execute(wanted.where(place > here).order_by(place).limit(1)).first()
    older = s.execute(wanted.where(place < here).order_by(place.desc()).limit(1)).first()
    return newer.call_id if newer else "", older.call_id if older else ""


def last_word(s: Session, call_id: str) -> Correction | None:
    """What a person last said the call is about, None while nobody did. Raises CallMissing.

    No other correction comes between until the transaction ends: a form sent twice at once waits for itself.
    """
    if s.get(Call, call_id, with_for_update=True) is None:
        raise CallMissing(call_id)
    words = select(Correction).where(Correction.call_id == call_id, Correction.field == CATEGORY)
    return s.scalar(words.order_by(Correction.id.desc()).limit(1))


def _rows(s: Session, ids: list[int], filters: Filters, zone: ZoneInfo) -> list[Row]:
    wanted = select(Listed).where(Listed.id.in_(ids)).options(joinedload(Listed.call).selectinload(Call.cases))
    found = list(s.scalars(wanted.order_by(Listed.id.desc())))
    moments = moments_of(s, [listed.call_id for listed in found], filters.terms) if filters.terms else {}
    return [
        Row(
            id=listed.call_id,
            started_at=listed.call.started_at.astimezone(zone),
            caller=listed.call.caller,
            cases=tuple(case.number for case in listed.call.cases),
            category=listed.category,
            by_person=listed.by_person,
            urgent=listed.urgent,
            flow=_chosen(listed.call.menu_path),
            outcome=listed.call.outcome,
            words=excerpt(listed.said.replace("\n", "　"), filters.terms),
            outgoing=listed.call.direction == "out",
            seconds=(listed.call.ended_at - listed.call.started_at).total_seconds() if listed.call.ended_at else None,
            state=listed.state,
            moment=moments.get(listed.call_id),
        )
        for listed in found
    ]


def _chosen(menu_path: str) -> str:
    """The last flow that was entered by a key: into the entry menu one comes by ringing."""
    entry, *entered = menu_path.split("/")
    return next((flow for flow in reversed(entered) if flow != entry), "")


def _place(filters: Filters) -> ColumnElement[int]:
    """What the list is ordered by: the index of words has the same places as the list, and leads where one searches."""
    return CALL_WORDS.c.rowid if filters.terms else Listed.id.expression


def _place_of(s: Session, call_id: str) -> int:
    place = s.scalar(select(Listed.id).where(Listed.call_id == call_id))
    if place is None:
        raise CallMissing(call_id)
    return place
