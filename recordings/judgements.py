"""What the machine made of a call's tone and wording: written once for the same transcripts, and never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.ledger import log_event
from recordings.tables import Finding, Leg, Measure, Recording, Score, Transcript


def transcripts_of_call(s: Session, call_id: str) -> list[Transcript]:
    """The newest transcript of each stored recording of the call that has one, in the order of their beginnings."""
    rows = s.scalars(
        select(Recording)
        .join(Leg)
        .where(Leg.call_id == call_id, Recording.state == "stored")
        .order_by(Recording.started_at, Recording.requested_at)
    )
    return [recording.transcripts[-1] for recording in rows if recording.transcripts]


def awaited(s: Session, call_id: str) -> bool:
    """Whether a recording of the call is yet to be stored or to be heard."""
    waiting = select(Recording.id).join(Leg).where(
        Leg.call_id == call_id, (Recording.state == "requested") | (Recording.stage == "queued")
    )  # fmt: skip
    return s.scalars(waiting.limit(1)).first() is not None


def is_judged(s: Session, call_id: str, basis: str) -> bool:
    """Whether these transcripts were judged."""
    return s.scalars(select(Score.id).where(Score.call_id == call_id, Score.basis == basis)).first() is not None


def write_judgement(
    s: Session,
    call_id: str,
    *,
    basis: str,
    score: int | None,
    fatal: bool,
    points: Mapping[str, int],
    measures: Mapping[str, dict[str, Any]],
    findings: Sequence[Finding],
    at: datetime,
) -> Score | None:
    """Keep a judgement; None when these transcripts were judged by another worker meanwhile."""
    if is_judged(s, call_id, basis):
        return None
    row = Score(call_id=call_id, basis=basis, made_at=at, score=score, fatal=fatal, points=dict(points))
    s.add(row)
    s.flush()
    s.add_all(Measure(score_id=row.id, call_id=call_id, channel=name, figures=each) for name, each in measures.items())
    for finding in findings:
        finding.score_id, finding.call_id = row.id, call_id
    s.add_all(findings)
    log_event(s, call_id, "judged", at, findings=len(findings), **({"fatal": True} if fatal else {}))
    return row


def newest_score(s: Session, call_id: str) -> Score | None:
    """The latest judgement of a call; None while there is none."""
    return s.scalars(select(Score).where(Score.call_id == call_id).order_by(Score.id.desc()).limit(1)).first()
