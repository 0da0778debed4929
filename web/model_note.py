"""Which model the transcripts come from, told plainly at the top of the console."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.tables import Heartbeat

SILENT_AFTER = timedelta(minutes=3)
"""A worker beats several times a minute; three minutes without one is no hiccup."""


@dataclass(frozen=True, slots=True)
class ModelNote:
    """What the console says about the machine that listens."""

    model: str
    """Name of the model; empty when no worker ever ran."""
    trial: bool
    """True for the embedded model, which is for trying the hotline out."""
    silent_minutes: int
    """Whole minutes since a worker was last seen; 0 while one is alive."""


def model_note(s: Session, now: datetime) -> ModelNote:
    """The note from the newest heartbeat of any worker."""
    workers = select(Heartbeat).where(Heartbeat.name.startswith("worker:", autoescape=True))
    newest = s.scalars(workers.order_by(Heartbeat.seen_at.desc()).limit(1)).first()
    if newest is None:
        return ModelNote("", trial=False, silent_minutes=0)
    away = now - newest.seen_at
    silent = int(away.total_seconds() // 60) if away > SILENT_AFTER else 0
    return ModelNote(str(newest.detail.get("model", "?")), bool(newest.detail.get("trial", False)), silent)
