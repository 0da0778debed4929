"""Which judged calls may be drawn, the samples that were, and who listens to which of their calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy import Exists, exists, func, select
from sqlalchemy.orm import Session, joinedload

from recordings.agents import NOT_SATISFIED
from recordings.tables import Call, Callback, Case, Review, Sample, Sampled, Score, Survey, User

NEW_STAFF = timedelta(days=90)
"""For how long an agent is new: three months, the usual probation of a hotline."""


@dataclass(frozen=True, slots=True)
class JudgedCall:
    """A judged call as far as drawing needs it."""

    call_id: str
    agent_id: int | None
    fatal: bool
    dissatisfied: bool
    """The caller gave a low mark."""
    new_agent: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sample has come."""

    sample: Sample
    calls: int
    reviewed: int


def judged_calls(s: Session, since: datetime, until: datetime) -> tuple[JudgedCall, ...]:
    """The calls that began in these days, in which an agent spoke, by the newest judgement of each."""
    in_time = Call.started_at >= since, Call.started_at < until
    newest = select(func.max(Score.id)).join(Call, Call.id == Score.call_id).where(*in_time).group_by(Score.call_id)
    owner = (
        select(Case.owner_id)
        .where(Case.call_id == Call.id, Case.owner_id.is_not(None))
        .order_by(Case.number)
        .limit(1)
        .correlate(Call)
        .scalar_subquery()
    )
    wanted = (
        select(Call.id, owner, Score.fatal, Call.started_at)
        .join(Score, Score.call_id == Call.id)
        .where(Score.id.in_(newest), Score.score.is_not(None))
        .order_by(Call.id)
    )
    unhappy = dissatisfied_calls(s, since, until)
    came = {user.id: user.created_at for user in s.scalars(select(User))}
    return tuple(
        JudgedCall(call_id, agent, fatal, call_id in unhappy, agent in came and at - came[agent] < NEW_STAFF)
        for call_id, agent, fatal, at in s.execute(wanted)
    )


def dissatisfied_calls(s: Session, since: datetime, until: datetime) -> frozenset[str]:
    """Calls of these days after which the resident pressed that they are not satisfied, or said that it is not over."""
    in_time = Call.started_at >= since, Call.started_at < until
    pressed = (
        select(Survey.call_id).join(Call, Call.id == Survey.call_id).where(Survey.score == NOT_SATISFIED, *in_time)
    )
    called_back = select(Case.call_id).join(Callback, Callback.case_number == Case.number)
    said = called_back.join(Call, Call.id == Case.call_id).where(Callback.answer == "not-solved", *in_time)
    return frozenset((*s.scalars(pressed), *s.scalars(said)))


def keep_sample(
    s: Session,
    user_id: int,
    at: datetime,
    *,
    since: datetime,
    until: datetime,
    share: float,
    seed: int,
    chosen: Mapping[str, str],
    calls: Sequence[JudgedCall],
    reviewers: Sequence[int],
) -> Sample:
    """Write down what was drawn (why, by call) and give it to the reviewers in turn, nobody to their own calls.

    A call whose agent is the one reviewer there is goes to that one all the same, who cannot mark it: somebody sees it.
    """
    sample = Sample(user_id=user_id, made_at=at, since=since, until=until, share=share, seed=seed)
    s.add(sample)
    s.flush()
    turn = cycle(reviewers)
    for call in calls:
        if call.call_id not in chosen:
            continue
        reviewer = next((who for who in (next(turn) for _ in reviewers) if who != call.agent_id), reviewers[0])
        s.add(
            Sampled(
                sample_id=sample.id,
                call_id=call.call_id,
                agent_id=call.agent_id,
                reviewer_id=reviewer,
                why=chosen[call.call_id],
            )
        )
    s.flush()
    return sample


def samples(s: Session, most: int = 50) -> tuple[Progress, ...]:
    """The newest samples."""
    counts = (
        select(Sampled.sample_id, func.count(Sampled.id), func.count(Sampled.id).filter(_reviewed()))
        .group_by(Sampled.sample_id)
    )  # fmt: skip
    by_sample = {sample: (calls, reviewed) for sample, calls, reviewed in s.execute(counts)}
    rows = s.scalars(select(Sample).options(joinedload(Sample.user)).order_by(Sample.id.desc()).limit(most))
    return tuple(Progress(row, *by_sample.get(row.id, (0, 0))) for row in rows)


def to_review(s: Session, user_id: int, most: int = 200) -> Sequence[tuple[Sampled, Call]]:
    """What was drawn for this person and nobody has marked, fatal ones first, then by when it was drawn."""
    wanted = (
        select(Sampled, Call)
        .join(Call, Call.id == Sampled.call_id)
        .where(Sampled.reviewer_id == user_id, ~_reviewed())
        .options(joinedload(Sampled.agent))
        .order_by(Sampled.why != "fatal", Sampled.id)
    )
    return [(sampled, call) for sampled, call in s.execute(wanted.limit(most))]


def _reviewed() -> Exists:
    return exists().where(Review.call_id == Sampled.call_id, Review.calibration_id.is_(None))
