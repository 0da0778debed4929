"""What people heard in a turn where the machine wrote something else. Nothing is overwritten; the newest counts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, joinedload

from recordings.errors import TextRefused, TurnUnknown
from recordings.ledger import call_of, log_event
from recordings.one_line import one_line
from recordings.tables import Leg, Recording, Transcript, Turn, TurnCorrection

LONGEST = 2000
"""Characters of a turn; at the pace of speech, some eight minutes without a pause."""
BETWEEN = "，"
"""Joins the turns of a transcript's text."""
CALLS = 500
"""Calls that are asked for at a time: a database takes only so many names in one question."""


def correct_turn(s: Session, call_id: str, turn_id: int, user_id: int, text: str, at: datetime) -> bool:
    """Keep what a person heard in a turn; False when that is what stands there.

    Raises CallUnknown, TurnUnknown for a turn of another call or of an older transcript, TextRefused.
    """
    text = "".join(one_line(text).split())
    if not 0 < len(text) <= LONGEST:
        raise TextRefused(f"a turn has 1 to {LONGEST} characters; this one has {len(text)}")
    turn = turn_of(s, call_id, turn_id)
    before = corrected_turns(s, call_id).get(turn_id)
    now_there = before.after if before else turn.text
    if text == now_there:
        return False
    s.add(TurnCorrection(call_id=call_id, turn_id=turn_id, user_id=user_id, made_at=at, before=now_there, after=text))
    s.flush()
    log_event(s, call_id, "text-corrected", at)
    return True


def turn_of(s: Session, call_id: str, turn_id: int) -> Turn:
    """A turn of the newest transcripts of a call, which nobody else corrects until the transaction ends.

    Raises CallUnknown, TurnUnknown.
    """
    call_of(s, call_id)
    wanted = select(Turn).join(Transcript).join(Recording).join(Leg)
    wanted = wanted.where(Turn.id == turn_id, Leg.call_id == call_id, Transcript.id == _newest_of_its_recording())
    turn = s.scalar(wanted.with_for_update(of=Turn))
    if turn is None:
        raise TurnUnknown(f"call {call_id} has no turn {turn_id} in its newest transcripts; reload the page")
    return turn


def corrected_turns(s: Session, call_id: str) -> dict[int, TurnCorrection]:
    """The newest correction of each turn of a call that has one, by turn."""
    wanted = select(TurnCorrection).where(TurnCorrection.call_id == call_id).order_by(TurnCorrection.id)
    return {row.turn_id: row for row in s.scalars(wanted.options(joinedload(TurnCorrection.user)))}


def texts_as_heard(s: Session, call_ids: Collection[str]) -> dict[int, str]:
    """The whole text of each newest transcript of these calls in which a person heard something else, by transcript."""
    ids, texts = sorted(call_ids), {}
    for first in range(0, len(ids), CALLS):
        texts.update(_as_heard(s, ids[first : first + CALLS]))
    return texts


def heard_in(s: Session, call_ids: Collection[str]) -> dict[int, str]:
    """What people heard in turns of these calls, by turn."""
    wanted = select(TurnCorrection.turn_id, TurnCorrection.after).where(TurnCorrection.call_id.in_(call_ids))
    return dict(list(s.execute(wanted.order_by(TurnCorrection.id))))


def _as_heard(s: Session, call_ids: Collection[str]) -> dict[int, str]:
    touched = select(Turn.transcript_id).join(TurnCorrection, TurnCorrection.turn_id == Turn.id)
    touched = touched.where(TurnCorrection.call_id.in_(call_ids))
    rows = s.execute(
        select(Turn.transcript_id, Turn.id, Turn.text)
        .where(Turn.transcript_id.in_(touched))
        .order_by(Turn.transcript_id, Turn.start, Turn.id)
    ).all()
    heard = heard_in(s, call_ids) if rows else {}
    texts: dict[int, list[str]] = {}
    for transcript, turn, text in rows:
        texts.setdefault(transcript, []).append(heard.get(turn, text))
    return {transcript: BETWEEN.join(texts[transcript]) for transcript in texts}


def _newest_of_its_recording() -> ScalarSelect[int]:
    newer = select(func.max(Transcript.id)).where(Transcript.recording_id == Recording.id)
    return newer.correlate(Recording).scalar_subquery()
