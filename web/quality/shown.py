"""A call's sheet as its page shows it: what the machine found, what people made of it, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quality.sheet import Sheet
from recordings.examples import example_of_call
from recordings.judgements import newest_score
from recordings.reviews import SheetState, agent_of_call, marks_of, reviews_of_call, state_of
from recordings.tables import Review, Score
from web.calls.judged import Found, found_of
from web.errors import SheetMissing
from web.quality.marks_form import Filled, begun, machine_sheet


@dataclass(frozen=True, slots=True)
class Decided:
    """What a second reviewer decided."""

    upheld: bool
    reason: str
    name: str
    at: datetime
    """In the utility's zone."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What the agent said."""

    appealed: bool
    text: str
    at: datetime
    """In the utility's zone."""
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class Changed:
    """An item, or the verdict that it is fatal, that a person marked otherwise than the machine."""

    item: str
    machine: int
    points: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One review."""

    id: int
    name: str
    reviewer_id: int
    at: datetime
    """In the utility's zone."""
    score: int
    fatal: bool
    fatal_reason: str
    changed: tuple[Changed, ...]
    comment: str
    reply: Replied | None


@dataclass(frozen=True, slots=True)
class SheetShown:
    """All of it."""

    call_id: str
    score_id: int
    machine: Sheet
    findings: tuple[Found, ...]
    state: SheetState
    reviews: tuple[Reviewed, ...]
    """Oldest first; the last one counts."""
    agent_id: int | None
    agent: str
    """Empty when nobody knows."""
    form: Filled
    """As a next review begins."""
    example: str
    """good | bad, or empty."""
    example_comment: str

    @property
    def newest(self) -> int:
        """Id of the review that counts, 0 while there is none."""
        return self.reviews[-1].id if self.reviews else 0


def sheet_shown(s: Session, call_id: str, zone: ZoneInfo) -> SheetShown:
    """Read it. Raises SheetMissing for a call that was not judged or in which no agent spoke."""
    score = newest_score(s, call_id)
    if score is None or score.score is None:
        raise SheetMissing(call_id)
    reviews = reviews_of_call(s, call_id)
    last = reviews[-1] if reviews else None
    example = example_of_call(s, call_id)
    machine = machine_of(score)
    return SheetShown(
        call_id=call_id,
        score_id=score.id,
        machine=machine,
        findings=tuple(map(found_of, score.findings)),
        state=state_of(reviews),
        reviews=_reviews(reviews, zone),
        agent_id=last.agent_id if last else agent_of_call(s, call_id),
        agent=last.agent.name if last and last.agent else "",
        form=begun(machine, marks_of(last) if last and last.score_id == score.id else None),
        example=example.kind if example else "",
        example_comment=example.comment if example else "",
    )


def machine_of(score: Score) -> Sheet:
    """The machine's sheet."""
    return machine_sheet(score.points, score.fatal)


def _reviews(reviews: Sequence[Review], zone: ZoneInfo) -> tuple[Reviewed, ...]:
    return tuple(
        Reviewed(
            id=review.id,
            name=review.reviewer.name,
            reviewer_id=review.reviewer_id,
            at=review.made_at.astimezone(zone),
            score=review.score,
            fatal=review.fatal,
            fatal_reason=review.fatal_reason,
            changed=tuple(
                Changed(mark.item, mark.machine, mark.points, mark.reason)
                for mark in review.marks
                if mark.points != mark.machine
            ),
            comment=review.comment,
            reply=_reply(review, zone),
        )
        for review in reviews
    )


def _reply(review: Review, zone: ZoneInfo) -> Replied | None:
    reply = review.reply
    if reply is None:
        return None
    ruling = reply.ruling
    decided = (
        Decided(ruling.upheld, ruling.reason, ruling.user.name, ruling.made_at.astimezone(zone)) if ruling else None
    )
    return Replied(reply.kind == "appealed", reply.text, reply.made_at.astimezone(zone), decided)
