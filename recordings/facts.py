"""The facts of a call, from the newest transcript of each of its recordings."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from recordings.tables import Leg, Recording, StoredFact, Transcript


@dataclass(frozen=True, slots=True)
class FactOfCall:
    """One fact, and where it can be heard."""

    kind: str
    text: str
    value: str
    side: str
    recording_id: str
    second: float | None
    """Seconds from the recording's first sample."""


def facts_of_call(s: Session, call_id: str) -> list[FactOfCall]:
    """In the order in which they were said, recording by recording."""
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Recording.id).correlate(Recording)
    wanted = (
        select(StoredFact, Leg.side, Recording.id)
        .join(Transcript, Transcript.id == StoredFact.transcript_id)
        .join(Recording, Recording.id == Transcript.recording_id)
        .join(Leg, Leg.id == Recording.leg_id)
        .where(Leg.call_id == call_id, Transcript.id == newest.scalar_subquery())
        .order_by(Recording.requested_at, Recording.id, StoredFact.start, StoredFact.id)
    )
    return [
        FactOfCall(fact.kind, fact.text, fact.value, side, recording_id, fact.second)
        for fact, side, recording_id in s.execute(wanted)
    ]
