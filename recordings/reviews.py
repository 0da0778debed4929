"""People's marks on a call's sheet. The newest review of a call counts; all of them are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recordings.errors import ReviewOutdated, ReviewRefused
from recordings.ledger import call_of, log_event
from recordings.tables import Case, Mark, Reply, Review, Ruling, Score


class SheetState(StrEnum):
    """How far a sheet has come."""

    MACHINE = "machine"
    """Only the machine has marked it."""
    REVIEWED = "reviewed"
    """A person has; the agent has yet to answer."""
    ACKNOWLEDGED = "acknowledged"
    APPEALED = "appealed"
    """A second reviewer has yet to decide."""
    UPHELD = "upheld"
    """The appeal was right."""
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Marked:
    """One item as a person marks it."""

    item: str
    machine: int
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Marks:
    """A whole sheet as a person marks it."""

    marks: tuple[Marked, ...]
    score: int
    """0 to 100."""
    fatal: bool
    fatal_reason: str = ""
    comment: str = ""


def agent_of_call(s: Session, call_id: str) -> int | None:
    """Whose call it was: the first-inquiry owner of its first case that has one; None when nobody knows."""
    owned = select(Case.owner_id).where(Case.call_id == call_id, Case.owner_id.is_not(None))
    return s.scalar(owned.order_by(Case.number).limit(1))


def reviews_of_call(s: Session, call_id: str) -> Sequence[Review]:
    """All reviews but those of calibrations, oldest first; the last one counts."""
    loading = (
        selectinload(Review.marks),
        joinedload(Review.reviewer),
        joinedload(Review.agent),
        joinedload(Review.reply).joinedload(Reply.ruling).joinedload(Ruling.user),
    )
    wanted = select(Review).where(Review.call_id == call_id, Review.calibration_id.is_(None))
    return s.scalars(wanted.options(*loading).order_by(Review.id)).all()


def state_of(reviews: Sequence[Review]) -> SheetState:
    """How far the sheet of a call with these reviews has come."""
    replies = [review.reply for review in reviews if review.reply]
    if not replies:
        return SheetState.REVIEWED if reviews else SheetState.MACHINE
    reply = replies[-1]
    if reply.kind == "acknowledged":
        return SheetState.ACKNOWLEDGED
    if reply.ruling is None:
        return SheetState.APPEALED
    return SheetState.UPHELD if reply.ruling.upheld else SheetState.REJECTED


def write_review(
    s: Session,
    call_id: str,
    reviewer_id: int,
    marks: Marks,
    at: datetime,
    *,
    score_id: int,
    agent_id: int | None,
    seen: int = 0,
) -> Review:
    """Keep a person's marks. `seen` is the newest review that the person knew of, 0 for none.

    The same marks sent twice are one review. Raises CallUnknown; ReviewOutdated when somebody was quicker or the
    machine has judged anew; ReviewRefused for one's own call, and once the agent has answered.
    """
    call_of(s, call_id)
    known = reviews_of_call(s, call_id)
    if known and known[-1].id != seen:
        if known[-1].reviewer_id == reviewer_id and marks_of(known[-1]) == marks:
            return known[-1]
        raise ReviewOutdated(f"call {call_id} was reviewed meanwhile; look at what is there and send yours again")
    if state_of(known) not in (SheetState.MACHINE, SheetState.REVIEWED):
        raise ReviewRefused(f"the agent has answered to the sheet of call {call_id}; only an appeal changes it now")
    if agent_id == reviewer_id:
        raise ReviewRefused(f"call {call_id} is the reviewer's own; somebody else has to mark it")
    newest = s.scalar(select(Score.id).where(Score.call_id == call_id).order_by(Score.id.desc()).limit(1))
    if newest != score_id:
        raise ReviewOutdated(f"the machine has judged call {call_id} anew; look at it and send your marks again")
    return keep_review(s, call_id, reviewer_id, marks, at, score_id=score_id, agent_id=agent_id)


def keep_review(
    s: Session,
    call_id: str,
    reviewer_id: int,
    marks: Marks,
    at: datetime,
    *,
    score_id: int,
    agent_id: int | None,
    calibration_id: int | None = None,
) -> Review:
    """Write a review down; whether it may be is for the caller to know."""
    review = Review(
        call_id=call_id,
        score_id=score_id,
        reviewer_id=reviewer_id,
        agent_id=agent_id,
        calibration_id=calibration_id,
        made_at=at,
        score=marks.score,
        fatal=marks.fatal,
        fatal_reason=marks.fatal_reason,
        comment=marks.comment,
        marks=[Mark(item=m.item, machine=m.machine, points=m.points, reason=m.reason) for m in marks.marks],
    )
    s.add(review)
    s.flush()
    if calibration_id is None:
        log_event(s, call_id, "reviewed", at)
    return review


def marks_of(review: Review) -> Marks:
    """The marks of a review as plain values."""
    rows = tuple(Marked(mark.item, mark.machine, mark.points, mark.reason) for mark in review.marks)
    return Marks(rows, review.score, review.fatal, review.fatal_reason, review.comment)
