"""Putting labels into a transcript that is written already, and into all that quotes it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recordings import stages
from recordings.fact_words import PREFIX
from recordings.tables import Correction, Finding, StoredFact, Transcript, Triage, Turn, TurnCorrection
from triage.privacy.masking import Said, redact
from worker.fact_finding import facts_of
from worker.masking import HeardTurn, Masked


def turns_of(transcript: Transcript) -> list[HeardTurn]:
    """What the transcript says, labels and all."""
    return [
        HeardTurn(
            turn.start,
            turn.end,
            turn.words or [{"word": turn.text, "start": turn.start, "end": turn.end}],
            turn.partial,
        )
        for turn in transcript.turns
    ]


def put_labels(s: Session, transcript: Transcript, masked: Masked, also: Collection[Said]) -> None:
    """Make the transcript say what `masked` says; evidence, findings and facts too."""
    for verdict in s.scalars(select(Triage).where(Triage.transcript_id == transcript.id)):
        verdict.evidence = _moved(verdict.evidence, transcript.text, masked)
    for finding in s.scalars(select(Finding).where(Finding.recording_id == transcript.recording_id)):
        finding.words = redact(finding.words, also).text
    _label_people(s, transcript, also)
    for turn, kept in zip(transcript.turns, masked.turns, strict=True):
        turn.text, turn.words = kept.text, list(kept.words)
    transcript.text = masked.text if masked.turns else redact(transcript.text, also).text
    s.execute(delete(StoredFact).where(StoredFact.transcript_id == transcript.id))
    if transcript.recording.stage == stages.UNDERSTOOD:  # Else they are found when it is understood.
        s.add_all(facts_of(transcript, transcript.recording.leg.side))


def _label_people(s: Session, transcript: Transcript, also: Collection[Said]) -> None:
    """The same for what people heard in its turns and said of its call's facts."""
    heard = select(TurnCorrection).join(Turn, Turn.id == TurnCorrection.turn_id)
    of_facts = (Correction.call_id == transcript.recording.leg.call_id) & Correction.field.startswith(PREFIX)
    for word in (
        *s.scalars(heard.where(Turn.transcript_id == transcript.id)),
        *s.scalars(select(Correction).where(of_facts)),
    ):
        word.before, word.after = redact(word.before, also).text, redact(word.after, also).text


def _moved(evidence: list[dict[str, Any]], before: str, masked: Masked) -> list[dict[str, Any]]:
    """Evidence whose words are still there, at their new places."""
    moved = []
    for each in evidence:
        start, words = int(each["start"]), str(each["text"])
        at = max((place for place in masked.places if place <= start), default=None)
        if at is None:
            continue
        now = masked.places[at] + start - at
        if masked.text[now : now + len(words)] == words and before[start : start + len(words)] == words:
            moved.append({"text": words, "start": now, "end": now + len(words)})
    return moved
