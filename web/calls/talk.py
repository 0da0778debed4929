"""A call's stored recordings on one clock: who can be heard, from which second, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recordings.tables import Leg, Recording


@dataclass(frozen=True, slots=True)
class Part:
    """One recording's place in the call."""

    id: str
    side: str
    begins: float
    """Seconds from the first sample of the recording that began first."""
    seconds: float
    key: str
    """Where it lies in the store."""
    sha256: str


def parts_of(recordings: Sequence[Recording]) -> tuple[Part, ...]:
    """The stored ones among the recordings of a call, in the order in which they began."""
    stored = [(r.started_at or r.requested_at, r) for r in recordings if r.state == "stored"]
    stored.sort(key=lambda each: (each[0], each[1].id))
    return tuple(
        Part(r.id, r.leg.side, (began - stored[0][0]).total_seconds(), r.duration or 0.0, r.key, r.sha256)
        for began, r in stored
    )


def parts_of_call(s: Session, call_id: str) -> tuple[Part, ...]:
    """The same of a call in the archive; none for a call that is not there."""
    wanted = select(Recording).join(Leg).where(Leg.call_id == call_id, Recording.state == "stored")
    return parts_of(s.scalars(wanted.options(joinedload(Recording.leg))).all())


def length_of(parts: Sequence[Part]) -> float:
    """Seconds from the first sample to the last."""
    return max((part.begins + part.seconds for part in parts), default=0.0)
