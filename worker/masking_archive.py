"""Masks what lies open in the archive from before masking, a few transcripts at a time; can be stopped and goes on."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recordings.archive import Archive
from recordings.originals import unmasked
from recordings.sealing import Seal
from recordings.tables import Finding, Original, StoredFact, Transcript, Triage, Turn
from triage.privacy.masking import redact
from worker.fact_finding import facts_of
from worker.masking import HeardTurn, Masked, mask, to_keep

BATCH = 50
"""Transcripts in one transaction."""


def mask_archive(archive: Archive, seal: Seal, done: Callable[[int], object] = lambda _: None) -> int:
    """Mask every transcript that lies open, with the evidence and the findings that quote it; how many."""
    count = 0
    while True:
        with archive.session() as s:
            batch = unmasked(s, BATCH)
            for transcript in batch:
                mask_transcript(s, seal, transcript)
        if not batch:
            return count
        count += len(batch)
        done(len(batch))


def mask_transcript(s: Session, seal: Seal, transcript: Transcript) -> None:
    """Put labels into one transcript and all that quotes it, and the original beside it, sealed."""
    turns = [
        HeardTurn(
            turn.start,
            turn.end,
            turn.words or [{"word": turn.text, "start": turn.start, "end": turn.end}],
            turn.partial,
        )
        for turn in transcript.turns
    ]
    masked = mask(turns)
    hidden, sealed = list(masked.hidden), seal.close(to_keep(turns))
    s.add(Original(transcript_id=transcript.id, sealed=sealed, hidden=hidden, sound_sealed=not hidden))
    for verdict in s.scalars(select(Triage).where(Triage.transcript_id == transcript.id)):
        verdict.evidence = _moved(verdict.evidence, transcript.text, masked)
    for finding in s.scalars(select(Finding).where(Finding.recording_id == transcript.recording_id)):
        finding.words = redact(finding.words).text
    for turn, kept in zip(transcript.turns, masked.turns, strict=True):
        turn.text, turn.words = kept.text, list(kept.words)
    transcript.text = masked.text if turns else redact(transcript.text).text
    s.execute(delete(StoredFact).where(StoredFact.transcript_id == transcript.id))
    s.add_all(facts_of(transcript, transcript.recording.leg.side))


def _one_word(turn: Turn) -> dict[str, Any]:
    return {"word": turn.text, "start": turn.start, "end": turn.end}


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
