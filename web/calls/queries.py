"""The list of calls: one frozen row a call, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from recordings.corrections import CATEGORY, current_category
from recordings.tables import Call, Correction, Leg, Recording
from web.calls.excerpt import Piece, excerpt
from web.calls.filters import Filters
from web.calls.matching import matching
from web.calls.state import state_of_call
from web.errors import CallMissing

PAGE = 50
"""Calls on one page of the list."""
COUNTED = 1000
"""Where counting stops: nobody reads further, and counting everything would cost every page."""


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


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, newest first."""

    rows: tuple[Row, ...]
    newer: str
    """Id to ask for the page before this one with; empty when this is the newest."""
    older: str
    """Id to ask for the page after this one with; empty when this is the oldest."""
    count: int
    """Calls that match, counted up to COUNTED + 1."""


def page_of_calls(s: Session, filters: Filters, zone: ZoneInfo, *, after: str = "", before: str = "") -> Page:
    """The newest page, or the one just older than the call `after`, or just newer than `before`.

    Raises CallMissing when the call of `after` or `before` does not exist.
    """
    wanted = matching(filters, zone)
    if before:
        found = list(s.scalars(wanted.where(_newer_than(s, before)).order_by(Call.started_at, Call.id).limit(PAGE + 1)))
        ids, more_newer, more_older = found[:PAGE][::-1], len(found) > PAGE, True
    else:
        older = wanted.where(_older_than(s, after)) if after else wanted
        found = list(s.scalars(older.order_by(Call.started_at.desc(), Call.id.desc()).limit(PAGE + 1)))
        ids, more_newer, more_older = found[:PAGE], bool(after), len(found) > PAGE
    count = s.scalar(select(func.count()).select_from(wanted.limit(COUNTED + 1).subquery())) or 0
    newest, oldest = (ids[0], ids[-1]) if ids else ("", "")
    return Page(tuple(_rows(s, ids, filters, zone)), newest if more_newer else "", oldest if more_older else "", count)


def neighbours(s: Session, call_id: str, filters: Filters, zone: ZoneInfo) -> tuple[str, str]:
    """Ids of the next newer and next older call under the same filters, '' where there is none. Raises CallMissing."""
    wanted = matching(filters, zone)
    newer = wanted.where(_newer_than(s, call_id)).order_by(Call.started_at, Call.id).limit(1)
    older = wanted.where(_older_than(s, call_id)).order_by(Call.started_at.desc(), Call.id.desc()).limit(1)
    return s.scalar(newer) or "", s.scalar(older) or ""


def last_word(s: Session, call_id: str) -> str:
    """What a person last said the call is about, '' while nobody did. Raises CallMissing.

    No other correction comes between until the transaction ends: a form sent twice at once waits for itself.
    """
    if s.get(Call, call_id, with_for_update=True) is None:
        raise CallMissing(call_id)
    words = select(Correction.after).where(Correction.call_id == call_id, Correction.field == CATEGORY)
    return s.scalar(words.order_by(Correction.id.desc()).limit(1)) or ""


def _rows(s: Session, ids: list[str], filters: Filters, zone: ZoneInfo) -> list[Row]:
    loading = (
        selectinload(Call.cases),
        selectinload(Call.verdicts),
        selectinload(Call.corrections),
        selectinload(Call.legs).selectinload(Leg.recordings).selectinload(Recording.transcripts),
    )
    rows = {}
    for call, state in s.execute(select(Call, state_of_call()).where(Call.id.in_(ids)).options(*loading)):
        texts = [r.transcripts[-1].text for leg in call.legs for r in leg.recordings if r.transcripts]
        rows[call.id] = Row(
            id=call.id,
            started_at=call.started_at.astimezone(zone),
            caller=call.caller,
            cases=tuple(case.number for case in call.cases),
            category=current_category(call),
            by_person=_by_person(call),
            urgent=bool(call.verdicts) and call.verdicts[-1].urgency == "urgent",
            flow=_chosen(call.menu_path),
            outcome=call.outcome,
            words=excerpt("　".join(text for text in texts if text), filters.terms),
            seconds=(call.ended_at - call.started_at).total_seconds() if call.ended_at else None,
            state=state,
        )
    return [rows[call_id] for call_id in ids]


def _chosen(menu_path: str) -> str:
    """The last flow that was entered by a key: into the entry menu one comes by ringing."""
    entry, *entered = menu_path.split("/")
    return next((flow for flow in reversed(entered) if flow != entry), "")


def _by_person(call: Call) -> str:
    if not any(correction.field == CATEGORY for correction in call.corrections):
        return ""
    agrees = call.verdicts and call.verdicts[-1].category == current_category(call)
    return "confirmed" if agrees else "corrected"


def _started(s: Session, call_id: str) -> datetime:
    started = s.scalar(select(Call.started_at).where(Call.id == call_id))
    if started is None:
        raise CallMissing(call_id)
    return started


def _newer_than(s: Session, call_id: str) -> ColumnElement[bool]:
    started = _started(s, call_id)
    return or_(Call.started_at > started, and_(Call.started_at == started, Call.id > call_id))


def _older_than(s: Session, call_id: str) -> ColumnElement[bool]:
    started = _started(s, call_id)
    return or_(Call.started_at < started, and_(Call.started_at == started, Call.id < call_id))
