"""What one side said of a person is masked in the other side's words as well, though nothing there says what it is.

Each leg is heard and masked by itself: an agent who says 王建国 without 您叫 before it would give away in one leg what
is masked in the other.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.sealing import Seal
from recordings.tables import Call, Leg, Original, Recording, Transcript
from triage.privacy.masking import Said, said_in
from worker.labelling import put_labels, turns_of
from worker.masking import mask


def said_in_call(s: Session, seal: Seal, call_id: str) -> set[Said]:
    """The personal data that was found in the call so far, in its words."""
    return {piece for _, original in _originals(s, call_id) for piece in _pieces(seal, original)}


def mask_across(s: Session, seal: Seal, call_id: str) -> int:
    """Mask in every transcript of the call what was found in any other; how many that changed."""
    s.get(Call, call_id, with_for_update=True)  # Two legs that are done at once see each other.
    changed, rows = 0, _originals(s, call_id)
    found = [_pieces(seal, original) for _, original in rows]
    for number, (transcript, original) in enumerate(rows):
        others = set[Said]().union(*found[:number], *found[number + 1 :])
        masked = mask(turns_of(transcript), others)
        if masked.hidden:
            put_labels(s, transcript, masked, others)
            original.hidden = [*original.hidden, *masked.hidden]
            original.sound_sealed = False
            changed += 1
    return changed


def _pieces(seal: Seal, original: Original) -> set[Said]:
    return said_in(str(seal.open(original.sealed)["text"]))


def _originals(s: Session, call_id: str) -> Sequence[tuple[Transcript, Original]]:
    wanted = (
        select(Transcript, Original)
        .join(Original, Original.transcript_id == Transcript.id)
        .join(Recording, Recording.id == Transcript.recording_id)
        .join(Leg, Leg.id == Recording.leg_id)
        .where(Leg.call_id == call_id)
        .order_by(Transcript.id)
    )
    return [(transcript, original) for transcript, original in s.execute(wanted)]
