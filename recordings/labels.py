"""What people said calls are about, with the words that were said: what the classifier learns from."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recordings.corrections import CATEGORY
from recordings.tables import Correction, Leg, Recording, Transcript, User
from recordings.turn_texts import texts_as_heard


@dataclass(frozen=True, slots=True)
class LabelledCall:
    """The newest word of a person on one call."""

    call_id: str
    text: str
    """All that the caller said, by the newest transcript of each recording, as people heard it where they did."""
    category: str
    by: str
    """Name of the user."""


def labelled_calls(s: Session) -> list[LabelledCall]:
    """Every call that a person put into a category and in which the caller said something, the oldest word first."""
    newest_word = select(func.max(Correction.id)).where(Correction.field == CATEGORY).group_by(Correction.call_id)
    said = (
        select(Correction.call_id, Correction.after, User.name)
        .join(User, User.id == Correction.user_id)
        .where(Correction.id.in_(newest_word))
        .order_by(Correction.id)
    )
    newest_hearing = select(func.max(Transcript.id)).group_by(Transcript.recording_id)
    words: dict[str, list[str]] = {}
    heard = (
        select(Leg.call_id, Transcript.id, Transcript.text)
        .join(Recording, Recording.leg_id == Leg.id)
        .join(Transcript, Transcript.recording_id == Recording.id)
        .where(Leg.side == "caller", Transcript.id.in_(newest_hearing))
        .where(Leg.call_id.in_(select(Correction.call_id).where(Correction.field == CATEGORY)))
        .order_by(Transcript.id)
    )
    rows = s.execute(heard).all()
    corrected = texts_as_heard(s, {call_id for call_id, _, _ in rows})
    for call_id, transcript_id, text in rows:
        words.setdefault(call_id, []).append(corrected.get(transcript_id, text))
    return [
        LabelledCall(call_id, "\n".join(words[call_id]), category, by)
        for call_id, category, by in s.execute(said)
        if any(text.strip() for text in words.get(call_id, ()))
    ]
