"""Masks what lies open in the archive from before masking, a few transcripts at a time; can be stopped and goes on."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from recordings.archive import Archive
from recordings.originals import unmasked
from recordings.sealing import Seal
from recordings.tables import Original, Transcript
from worker.labelling import put_labels, turns_of
from worker.masking import mask, to_keep

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
    turns = turns_of(transcript)
    masked = mask(turns)
    hidden, sealed = list(masked.hidden), seal.close(to_keep(turns))
    s.add(Original(transcript_id=transcript.id, sealed=sealed, hidden=hidden, sound_sealed=not hidden))
    put_labels(s, transcript, masked, ())
