"""How the calls of agents were marked: the review that counts of each, over a stretch of time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from recordings.reviews import SheetState
from recordings.tables import Call, Case, Mark, Reply, Review, Ruling, Score, User


@dataclass(frozen=True, slots=True)
class MarkedCall:
    """One call with the review that counts."""

    call_id: str
    started_at: datetime
    agent_id: int
    agent: str
    review_id: int
    score: int
    machine: int
    fatal: bool
    answer: str
    """acknowledged | appealed, or empty."""
    upheld: bool | None
    """What became of an appeal; None while it is open, and without one."""

    @property
    def in_dispute(self) -> bool:
        """Whether an appeal waits for a decision."""
        return self.answer == "appealed" and self.upheld is None

    @property
    def state(self) -> SheetState:
        """How far the sheet has come."""
        if self.upheld is not None:
            return SheetState.UPHELD if self.upheld else SheetState.REJECTED
        return SheetState(self.answer or "reviewed")


def marked_calls(
    s: Session, since: datetime, until: datetime, *, agent_id: int | None = None
) -> tuple[MarkedCall, ...]:
    """Reviewed calls that began in this time, newest first; of one agent, or of all whose agent is known."""
    wanted = _counting().where(Call.started_at >= since, Call.started_at < until)
    return _read(s, wanted if agent_id is None else wanted.where(Review.agent_id == agent_id))


def unanswered_calls(s: Session, agent_id: int) -> tuple[MarkedCall, ...]:
    """An agent's reviewed calls that the agent has yet to acknowledge or to appeal about, however old."""
    return _read(s, _counting().where(Review.agent_id == agent_id, Reply.id.is_(None)))


def agents_of_calls(s: Session, call_ids: Collection[str]) -> dict[str, str]:
    """Names of the agents of these calls: whom the review that counts names; without one, the first case's owner."""
    owners = select(Case.call_id, User.name).join(User, User.id == Case.owner_id).where(Case.call_id.in_(call_ids))
    newest = select(func.max(Review.id)).where(Review.calibration_id.is_(None)).group_by(Review.call_id)
    named = select(Review.call_id, User.name).outerjoin(User, User.id == Review.agent_id)
    named = named.where(Review.id.in_(newest), Review.call_id.in_(call_ids))
    in_turn = [*s.execute(owners.order_by(Case.number.desc())), *s.execute(named)]  # what comes later counts
    return {call_id: name or "" for call_id, name in in_turn}


def _counting() -> Select[Review, datetime, str, int | None, str, bool]:
    newest = select(func.max(Review.id)).where(Review.calibration_id.is_(None)).group_by(Review.call_id)
    reply = select(func.max(Reply.id)).group_by(Reply.call_id)
    return (
        select(Review, Call.started_at, User.name, Score.score, Reply.kind, Ruling.upheld)
        .join(Call, Call.id == Review.call_id)
        .join(User, User.id == Review.agent_id)
        .join(Score, Score.id == Review.score_id)
        .outerjoin(Reply, (Reply.call_id == Review.call_id) & Reply.id.in_(reply))
        .outerjoin(Ruling, Ruling.reply_id == Reply.id)
        .where(Review.id.in_(newest))
        .order_by(Call.started_at.desc(), Call.id)
    )


def _read(s: Session, wanted: Select[Review, datetime, str, int | None, str, bool]) -> tuple[MarkedCall, ...]:
    return tuple(
        MarkedCall(
            review.call_id, at, review.agent_id or 0, name, review.id, review.score, machine or 0, review.fatal,
            answer or "", upheld,
        )
        for review, at, name, machine, answer, upheld in s.execute(wanted)
    )  # fmt: skip


def items_lost(s: Session, reviews: Sequence[int], worth: dict[str, int]) -> dict[str, float]:
    """Points lost of each item in these reviews, on average; only those that lost any, the dearest first."""
    if not reviews:
        return {}
    wanted = select(Mark.item, func.avg(Mark.points)).where(Mark.review_id.in_(reviews)).group_by(Mark.item)
    lost = {item: worth[item] - float(mean) for item, mean in s.execute(wanted) if item in worth}
    return {item: points for item, points in sorted(lost.items(), key=lambda each: -each[1]) if points > 0}
