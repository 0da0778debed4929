"""Keeps `listed` and the search index in step with the books: within the transaction that changes them.

Whatever touches a call, its recordings, words, verdicts, corrections or cases through a session of the archive is
noticed when it is flushed, and the call's row is written anew before the commit. Nobody needs to remember to. What is
written down while a call is on, of its menus and recordings, changes nothing in the list and costs nothing.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar

from sqlalchemy import Select, bindparam, delete, event, func, select, text
from sqlalchemy.orm import Session, UOWTransaction, aliased
from sqlalchemy.orm.attributes import get_history

from recordings.call_state import state_of_call
from recordings.corrections import CATEGORY, category_of_call
from recordings.scope import ScopedSession, limit
from recordings.search_words import pairs, signs, sounds
from recordings.tables import (
    Call,
    Case,
    Correction,
    Leg,
    Listed,
    Message,
    Recording,
    Transcript,
    Triage,
    TurnCorrection,
)  # fmt: skip
from recordings.turn_texts import texts_as_heard

BATCH = 500
"""Calls whose rows are drawn up together."""
SURE_FROM = 0.7
"""The confidence from which a category may stand without a second look: below it one in three is wrong."""
ORDER_LOCK = 0x11A0_0002
"""Key of PostgreSQL's advisory lock under which one transaction at a time gives calls their places in the list."""
SINCE = datetime(1970, 1, 1, tzinfo=UTC)
TOUCHED = "lianxin.touched"
OF_CALL = ("caller", "started_at", "ended_at")
"""What the list shows of the call itself."""
Value = TypeVar("Value")


class ListingSession(ScopedSession):
    """A session that keeps the list of calls true."""


@dataclass(slots=True)
class Touched:
    """What a transaction has changed so far."""

    calls: set[str] = field(default_factory=set)
    """Calls whose row changed by it."""
    transcribed: set[str] = field(default_factory=set)
    """Recordings with new words."""
    recordings: set[str] = field(default_factory=set)
    """Recordings that changed otherwise: their calls' rows change by it when the calls are over."""
    words: bool = False
    """A person heard other words."""
    numbers: bool = False
    """A case, or the caller's number, is new or changed."""


@event.listens_for(ListingSession, "after_flush")
def _notice(session: Session, _: UOWTransaction) -> None:
    touched = session.info.setdefault(TOUCHED, Touched())
    for row in (*session.new, *session.dirty):
        match row:
            case Call():
                if row in session.new or any(get_history(row, name).has_changes() for name in OF_CALL):
                    touched.calls.add(row.id)
                    touched.numbers |= get_history(row, "caller").has_changes()
            case Case():
                touched.calls.add(row.call_id)
                touched.numbers = True
            case Triage() | Correction():
                touched.calls.add(row.call_id)
            case TurnCorrection():
                touched.calls.add(row.call_id)
                touched.words = True
            case Transcript():
                touched.transcribed.add(row.recording_id)
            case Recording() if row.state != "requested":  # until then its call is on, or waits for it
                touched.recordings.add(row.id)
            case Message():
                touched.recordings.add(row.recording_id)


@event.listens_for(ListingSession, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():  # what several entries change is drawn up once, when all is committed
        return
    session.flush()
    touched = session.info.pop(TOUCHED, None)
    limit(session, ())  # A call may have moved to a district that whoever moved it does not see.
    if touched is None:
        return
    calls = touched.calls | _calls_of(session, touched)
    if calls:
        refresh(session, calls, words=touched.words or bool(touched.transcribed), numbers=touched.numbers)
        session.flush()
        session.info.pop(TOUCHED, None)


def _calls_of(s: Session, touched: Touched) -> set[str]:
    """The calls whose rows change because their recordings did."""
    if not touched.transcribed and not touched.recordings:
        return set()
    over = Recording.id.in_(touched.recordings) & Call.ended_at.is_not(None)
    wanted = select(Leg.call_id).join(Recording).join(Call).where(Recording.id.in_(touched.transcribed) | over)
    return set(s.scalars(wanted))


@event.listens_for(ListingSession, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(TOUCHED, None)


def refresh(s: Session, call_ids: Collection[str], *, words: bool = True, numbers: bool = True) -> None:
    """Draw up the rows of these calls anew; one whose words changed is indexed anew. Ids of no call do nothing.

    Without `words` or `numbers`, what a row that is there has of them stays.
    """
    known = {row.call_id: row for row in s.scalars(select(Listed).where(Listed.call_id.in_(call_ids)))}
    new = set(call_ids) - known.keys()
    said, cases = _said(s, call_ids if words else new), _cases(s, call_ids if numbers else new)
    drawn = s.execute(_drawn(), {"calls": list(call_ids)})
    for call_id, started, caller, state, category, urgent, by_machine, confidence, by_person in drawn:
        row = known.get(call_id)
        if row is None:
            row = Listed(id=_place(s, started), call_id=call_id, said="", numbers="")
            s.add(row)
        before = (row.said, row.numbers)
        row.state, row.category, row.urgent = state, category, urgent == "urgent"
        row.by_person = ("confirmed" if by_machine == category else "corrected") if by_person else ""
        if words or call_id in new:
            row.said = "\n".join(said.get(call_id, ()))
        row.doubtful = bool(row.said) and not by_person and confidence is not None and confidence < SURE_FROM
        if numbers or call_id in new:
            numbered = cases.get(call_id, ())
            row.district = next((district for _, district in reversed(numbered) if district), "")
            row.numbers = "\n".join(filter(None, [caller, *(str(number) for number, _ in numbered)]))[:300]
        s.flush()
        if before != (row.said, row.numbers):
            _index(s, row)


@cache
def _drawn() -> Select[str, datetime, str, str, str, str, str, float | None, bool]:
    """What else a row shows, for `calls`, the oldest first. Put together once: that takes longer than to ask for it."""
    urgency = select(Triage.urgency).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    machine = select(Triage.category).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    sure = select(Triage.confidence).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    person = select(Correction.id).where(Correction.call_id == Call.id, Correction.field == CATEGORY)
    return select(
        Call.id, Call.started_at, Call.caller, state_of_call(), category_of_call(),
        urgency.correlate(Call).scalar_subquery(), machine.correlate(Call).scalar_subquery(),
        sure.correlate(Call).scalar_subquery(), person.correlate(Call).exists(),
    ).where(Call.id.in_(bindparam("calls", expanding=True))).order_by(Call.started_at, Call.id)  # fmt: skip


def place_of(moment: datetime) -> int:
    """Where in the list a call stands that began then."""
    return (moment - SINCE) // timedelta(microseconds=1)


def rebuild(s: Session, done: Callable[[int], object] = lambda calls: None) -> int:
    """Draw up every row anew, in one transaction that others wait for; how many. `done` hears of each batch."""
    s.execute(text("DELETE FROM call_words"))
    s.execute(delete(Listed))
    if s.get_bind().dialect.name == "sqlite":
        s.execute(text("DELETE FROM tallies"))  # On PostgreSQL they are counted when asked for.
    count, after = 0, ""
    while ids := list(s.scalars(select(Call.id).where(Call.id > after).order_by(Call.id).limit(BATCH))):
        refresh(s, ids)
        s.expunge_all()
        count, after = count + len(ids), ids[-1]
        done(len(ids))
    return count


def is_missing(s: Session) -> bool:
    """Whether there are calls and no list of them: an archive of an older version."""
    return s.scalar(select(Listed.id).limit(1)) is None and s.scalar(select(Call.id).limit(1)) is not None


def _index(s: Session, row: Listed) -> None:
    """Put the words of a row into the search index in place of those of before."""
    s.execute(text("DELETE FROM call_words WHERE rowid = :id"), {"id": row.id})
    if row.said or row.numbers:
        insert = "INSERT INTO call_words (rowid, said, sounds, numbers) VALUES (:id, :said, :sounds, :numbers)"
        words = {"said": pairs(signs(row.said)), "sounds": pairs(sounds(row.said))}
        s.execute(text(insert), {"id": row.id, **words, "numbers": pairs(signs(row.numbers))})


def _place(s: Session, started: datetime) -> int:
    """The next free place in the list for a call that began then."""
    if s.get_bind().dialect.name == "postgresql":
        s.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ORDER_LOCK})
    place = place_of(started)
    while s.get(Listed, place) is not None:
        place += 1
    return place


def _said(s: Session, call_ids: Collection[str]) -> dict[str, list[str]]:
    """The newest transcript of every recording, as people heard it, by call, in the order of their recording."""
    if not call_ids:
        return {}
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Transcript.recording_id).correlate(Transcript)
    wanted = select(Leg.call_id, Transcript.id, Transcript.text).select_from(Transcript).join(Recording).join(Leg)
    wanted = wanted.where(Leg.call_id.in_(call_ids), Transcript.id == newest.scalar_subquery(), Transcript.text != "")
    heard = texts_as_heard(s, call_ids)
    rows = s.execute(wanted.order_by(Recording.requested_at, Recording.id))
    return _by_call((call, heard.get(transcript, said)) for call, transcript, said in rows)


def _cases(s: Session, call_ids: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """Number and district of every case, by call."""
    if not call_ids:
        return {}
    wanted = select(Case.call_id, Case.number, Case.district).where(Case.call_id.in_(call_ids)).order_by(Case.number)
    return _by_call((call, (number, district)) for call, number, district in s.execute(wanted))


def _by_call(found: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = {}
    for call, value in found:
        groups.setdefault(call, []).append(value)
    return groups
