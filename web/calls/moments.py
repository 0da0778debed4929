"""Where in its recording a call says what was searched for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from recordings.tables import Leg, Recording, Transcript, Turn
from web.calls.excerpt import find_hits


@dataclass(frozen=True, slots=True)
class Moment:
    """A second of a recording."""

    recording_id: str
    second: float
    """Seconds from the leg's first sample."""


def moments_of(s: Session, call_ids: Collection[str], terms: Sequence[str]) -> dict[str, Moment]:
    """The first moment of each call that says one of the terms; calls that say none are left out."""
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Transcript.recording_id).correlate(Transcript)
    wanted = select(Leg.call_id, Recording.id, Turn.text, Turn.start, Turn.words).select_from(Turn)
    wanted = wanted.join(Transcript).join(Recording).join(Leg).where(Leg.call_id.in_(call_ids))
    wanted = wanted.where(Transcript.id == newest.scalar_subquery()).order_by(Recording.requested_at, Turn.start)
    texts: dict[tuple[str, str], str] = {}
    starts: dict[tuple[str, str], list[float]] = {}
    for call, recording, text, start, words in s.execute(wanted):
        heard = [(word["word"], float(word["start"])) for word in words] or [(text, start)]
        key = (call, recording)
        texts[key] = texts.get(key, "") + "".join(word for word, _ in heard)
        starts.setdefault(key, []).extend(second for word, second in heard for _ in word)
    found: dict[str, Moment] = {}
    for (call, recording), text in texts.items():
        hits = find_hits(text, terms) if call not in found else []
        if hits:
            found[call] = Moment(recording, starts[(call, recording)][hits[0][0]])
    return found
