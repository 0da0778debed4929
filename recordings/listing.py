"""Keeps `listed` and the search index in step with the books: within the transaction that changes them.

Whatever touches a call, its recordings, words, verdicts, corrections or cases through a session of the archive is
noticed when it is flushed, and the call's row is written anew before the commit. Nobody needs to remember to.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import delete, event, func, select, text
from sqlalchemy.orm import Session, UOWTransaction, aliased

from recordings.call_state import state_of_call
from recordings.corrections import CATEGORY, category_of_call
from recordings.scope import ScopedSession, limit
from recordings.search_words import pairs, signs, sounds
from recordings.tables import Call, Case, Correction, Leg, Listed, Message, Recording, Transcript, Triage

BATCH = 500
"""Calls whose rows are drawn up together."""
ORDER_LOCK = 0x11A0_0002
"""Key of PostgreSQL's advisory lock under which one transaction at a time gives calls their places in the list."""
SINCE = datetime(1970, 1, 1, tzinfo=UTC)
TOUCHED = "lianxin.touched"
Value = TypeVar("Value")


class ListingSession(ScopedSession):
    """A session that keeps the list of calls true."""


@event.listens_for(ListingSession, "after_flush")
def _notice(session: Session, _: UOWTransaction) -> None:
    calls, recordings = session.info.setdefault(TOUCHED, (set(), set()))
    for row in (*session.new, *session.dirty):
        match row:
            case Call():
                calls.add(row.id)
            case Case() | Triage() | Correction() | Leg():
                calls.add(row.call_id)
            case Recording():
                recordings.add(row.id)
            case Transcript() | Message():
                recordings.add(row.recording_id)


@event.listens_for(ListingSession, "before_commit")
def _write(session: Session) -> None:
    session.flush()
    calls, recordings = session.info.pop(TOUCHED, (set(), set()))
    limit(session, ())  # A call may have moved to a district that whoever moved it does not see.
    if recordings:
        calls |= set(session.scalars(select(Leg.call_id).join(Recording).where(Recording.id.in_(recordings))))
    if calls:
        refresh(session, calls)
        session.flush()
        session.info.pop(TOUCHED, None)


@event.listens_for(ListingSession, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(TOUCHED, None)


def refresh(s: Session, call_ids: Collection[str]) -> None:
    """Draw up the rows of these calls anew; one whose words changed is indexed anew. Ids of no call do nothing."""
    known = {row.call_id: row for row in s.scalars(select(Listed).where(Listed.call_id.in_(call_ids)))}
    said, cases = _said(s, call_ids), _cases(s, call_ids)
    urgency = select(Triage.urgency).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    machine = select(Triage.category).where(Triage.call_id == Call.id).order_by(Triage.id.desc()).limit(1)
    person = select(Correction.id).where(Correction.call_id == Call.id, Correction.field == CATEGORY)
    wanted = select(
        Call.id, Call.started_at, Call.caller, state_of_call(), category_of_call(),
        urgency.correlate(Call).scalar_subquery(), machine.correlate(Call).scalar_subquery(),
        person.correlate(Call).exists(),
    ).where(Call.id.in_(call_ids)).order_by(Call.started_at, Call.id)  # fmt: skip
    for call_id, started, caller, state, category, urgent, by_machine, by_person in s.execute(wanted):
        numbered = cases.get(call_id, ())
        row = known.get(call_id)
        if row is None:
            row = Listed(id=_place(s, started), call_id=call_id, said="", numbers="")
            s.add(row)
        before = (row.said, row.numbers)
        row.state, row.category, row.urgent = state, category, urgent == "urgent"
        row.by_person = ("confirmed" if by_machine == category else "corrected") if by_person else ""
        row.district = next((district for _, district in reversed(numbered) if district), "")
        row.said = "\n".join(said.get(call_id, ()))
        row.numbers = "\n".join(filter(None, [caller, *(str(number) for number, _ in numbered)]))[:300]
        s.flush()
        if before != (row.said, row.numbers):
            _index(s, row)


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
    """The newest transcript of every recording, by call, in the order in which they were recorded."""
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Transcript.recording_id).correlate(Transcript)
    wanted = select(Leg.call_id, Transcript.text).select_from(Transcript).join(Recording).join(Leg)
    wanted = wanted.where(Leg.call_id.in_(call_ids), Transcript.id == newest.scalar_subquery(), Transcript.text != "")
    return _by_call((call, said) for call, said in s.execute(wanted.order_by(Recording.requested_at, Recording.id)))


def _cases(s: Session, call_ids: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """Number and district of every case, by call."""
    wanted = select(Case.call_id, Case.number, Case.district).where(Case.call_id.in_(call_ids)).order_by(Case.number)
    return _by_call((call, (number, district)) for call, number, district in s.execute(wanted))


def _by_call(found: Iterable[tuple[str, Value]]) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = {}
    for call, value in found:
        groups.setdefault(call, []).append(value)
    return groups
