"""Which transcripts have an original, what is hidden in a recording, and what is not masked yet."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from recordings.tables import Leg, Original, Recording, Transcript

Stretch = tuple[float, float]
"""Seconds from the recording's first sample: from, and to."""


def hidden_in(s: Session, recording_id: str) -> list[Stretch] | None:
    """What nobody without the right may hear, in order of time; None while its newest transcript is not masked."""
    wanted = select(Transcript.id, Original.hidden).outerjoin(Original, Original.transcript_id == Transcript.id)
    rows = s.execute(wanted.where(Transcript.recording_id == recording_id).order_by(Transcript.id)).all()
    if not rows or rows[-1][1] is None:
        return None
    return sorted((float(each["start"]), float(each["end"])) for _, hidden in rows for each in hidden or ())


def originals_of_call(s: Session, call_id: str) -> list[tuple[Recording, Original]]:
    """The original of the newest transcript of every recording of the call that has one."""
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Recording.id).correlate(Recording)
    wanted = (
        select(Recording, Original)
        .join(Leg, Leg.id == Recording.leg_id)
        .join(Transcript, Transcript.recording_id == Recording.id)
        .join(Original, Original.transcript_id == Transcript.id)
        .where(Leg.call_id == call_id, Transcript.id == newest.scalar_subquery())
        .order_by(Recording.requested_at, Recording.id)
    )
    return [(recording, original) for recording, original in s.execute(wanted)]


def oldest_and_newest(s: Session) -> list[Original]:
    """The first and the last original; fewer when there are fewer."""
    found = select(func.min(Original.transcript_id), func.max(Original.transcript_id))
    ids = {each for each in s.execute(found).one() if each is not None}
    return list(s.scalars(select(Original).where(Original.transcript_id.in_(ids)).order_by(Original.transcript_id)))


def unmasked(s: Session, limit: int, after: int = 0) -> list[Transcript]:
    """Transcripts that lie open, the oldest first."""
    wanted = select(Transcript).outerjoin(Original, Original.transcript_id == Transcript.id)
    wanted = wanted.where(Original.transcript_id.is_(None), Transcript.id > after)
    return list(s.scalars(wanted.order_by(Transcript.id).limit(limit)))


def count_unmasked(s: Session) -> int:
    """How many transcripts lie open."""
    counted = select(func.count()).select_from(Transcript).outerjoin(Original, Original.transcript_id == Transcript.id)
    return s.scalar(counted.where(Original.transcript_id.is_(None))) or 0
