"""What an agent says to a review of a call, and what a second reviewer decides about an appeal."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recordings.errors import ReviewOutdated, ReviewRefused
from recordings.ledger import log_event
from recordings.one_line import one_line
from recordings.reviews import Marks, keep_review, reviews_of_call
from recordings.tables import Reply, Review, Ruling

LONGEST = 500
"""Characters of an appeal and of a decision."""


def answer_review(
    s: Session, call_id: str, review_id: int, user_id: int, at: datetime, *, appeal: bool, text: str = ""
) -> Reply:
    """The agent has seen a review, or appeals against it. The same answer sent twice is one.

    Raises ReviewOutdated when another review counts by now, and ReviewRefused when the call is somebody else's, it
    was answered otherwise already, or an appeal gives no reason.
    """
    reviews = reviews_of_call(s, call_id)
    if not reviews or reviews[-1].id != review_id:
        raise ReviewOutdated(f"another review of call {call_id} counts by now; look at it before you answer")
    review, text = reviews[-1], one_line(text)
    if review.agent_id != user_id:
        raise ReviewRefused(f"call {call_id} is another agent's; only whose call it was answers to its sheet")
    kind = "appealed" if appeal else "acknowledged"
    if any(one.reply for one in reviews):
        if review.reply and (review.reply.kind, review.reply.text) == (kind, text):
            return review.reply
        raise ReviewRefused(f"the sheet of call {call_id} was answered already")
    if len(text) > LONGEST or (appeal and not text):
        raise ReviewRefused(f"an appeal says why, in up to {LONGEST} characters; this text has {len(text)}")
    reply = Reply(review_id=review.id, call_id=call_id, user_id=user_id, kind=kind, text=text, made_at=at)
    s.add(reply)
    s.flush()
    log_event(s, call_id, f"sheet-{kind}", at)
    return reply


def decide_appeal(
    s: Session, call_id: str, user_id: int, reason: str, at: datetime, *, marks: Marks | None = None
) -> Ruling:
    """Decide about the open appeal of a call: upheld with other marks, which then count, or rejected without any.

    Raises ReviewRefused when none is open, for the first reviewer and the agent, and without a reason.
    """
    reviews, reason = reviews_of_call(s, call_id), one_line(reason)
    reply = reviews[-1].reply if reviews else None
    if reply is None or reply.kind != "appealed" or reply.ruling is not None:
        raise ReviewRefused(f"no appeal about call {call_id} waits for a decision; somebody may have been quicker")
    review = reviews[-1]
    if user_id in (review.reviewer_id, review.agent_id):
        raise ReviewRefused(f"the appeal about call {call_id} is for somebody else than reviewer and agent to decide")
    if not 0 < len(reason) <= LONGEST:
        raise ReviewRefused(f"a decision says why, in up to {LONGEST} characters; this one has {len(reason)}")
    ruling = Ruling(
        reply_id=reply.id, call_id=call_id, user_id=user_id, upheld=marks is not None, reason=reason, made_at=at
    )
    s.add(ruling)
    if marks:
        keep_review(s, call_id, user_id, marks, at, score_id=review.score_id, agent_id=review.agent_id)
    log_event(s, call_id, "appeal-upheld" if marks else "appeal-rejected", at)
    s.flush()
    return ruling


def open_appeals(s: Session) -> Sequence[Reply]:
    """Appeals that nobody has decided, the oldest first."""
    wanted = (
        select(Reply)
        .outerjoin(Ruling, Ruling.reply_id == Reply.id)
        .where(Reply.kind == "appealed", Ruling.id.is_(None))
        .options(
            joinedload(Reply.review).joinedload(Review.agent), joinedload(Reply.review).joinedload(Review.reviewer)
        )
    )
    return s.scalars(wanted.order_by(Reply.id)).all()
