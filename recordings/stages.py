"""How far a recording has come in the pipeline, and who has it in hand.

queued → transcribed → understood. A stage that fails three times is set aside for a person, and the others go on. A
worker holds what it works on for a short while and says again and again that it still does; when it dies the hold runs
out and the next sweep gives the recording to another.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from recordings.ledger import REASON_LENGTH, log_event, recording_of
from recordings.tables import Call, Leg, Recording, Transcript, Triage, Turn

QUEUED = "queued"
TRANSCRIBED = "transcribed"
UNDERSTOOD = "understood"
SET_ASIDE = "set-aside"

TRIES = 3
"""How often a stage is begun before a person must look."""
HOLD = timedelta(seconds=15)
"""For how long a worker has a recording in hand without saying so again; clocks of workers may differ by less."""
REST = timedelta(seconds=10)
"""How long a recording is left alone after a failure."""


def claim(s: Session, recording_id: str, stage: str, at: datetime) -> bool:
    """Take a recording in hand to work on its stage.

    False when it is at another stage or somebody has it in hand. One that was begun three times and never finished is
    set aside: it may be what kills the workers. Raises RecordingUnknown.
    """
    recording = recording_of(s, recording_id)
    if recording.stage != stage or (recording.held_until is not None and recording.held_until > at):
        return False
    if recording.attempts >= TRIES:
        _set_aside(s, recording, recording.problem or f"begun {TRIES} times and never finished", at)
        return False
    recording.attempts += 1
    recording.held_until = at + HOLD
    return True


def hold(s: Session, recording_ids: Collection[str], at: datetime) -> None:
    """Say that these are still in hand."""
    in_hand = update(Recording).where(Recording.id.in_(recording_ids), Recording.held_until.is_not(None))
    s.execute(in_hand.values(held_until=at + HOLD))


def failed_attempt(s: Session, recording_id: str, problem: str, at: datetime) -> bool:
    """Note that the present stage failed, and why; True when that was the last try and it is set aside."""
    recording = recording_of(s, recording_id)
    if recording.stage not in (QUEUED, TRANSCRIBED):
        return False
    recording.problem = problem[:REASON_LENGTH]
    recording.held_until = at + REST
    if recording.attempts < TRIES:
        return False
    _set_aside(s, recording, problem, at)
    return True


def put_back(s: Session, recording_id: str, at: datetime) -> None:
    """Let go of a recording whose stage failed through no fault of its own: the try does not count."""
    recording = recording_of(s, recording_id)
    if recording.stage in (QUEUED, TRANSCRIBED):
        recording.attempts = max(0, recording.attempts - 1)
        recording.held_until = at + REST


def finish(recording: Recording, stage: str, at: datetime) -> None:
    """Move a recording on to the stage, where its tries count from nought."""
    recording.stage, recording.stage_at = stage, at
    recording.attempts, recording.held_until, recording.problem = 0, None, ""


def set_aside(s: Session) -> list[Recording]:
    """What waits for a person, oldest first."""
    waiting = select(Recording).where(Recording.stage == SET_ASIDE)
    return list(s.scalars(waiting.order_by(Recording.stage_at, Recording.id)))


def take_up_again(s: Session, recording_id: str, at: datetime) -> bool:
    """Put what was set aside back to the stage that failed, for the next sweep; False when it is not set aside.

    Raises RecordingUnknown.
    """
    recording = recording_of(s, recording_id)
    if recording.stage != SET_ASIDE:
        return False
    finish(recording, TRANSCRIBED if recording.transcripts else QUEUED, at)
    recording.held_until = at
    log_event(s, recording.leg.call_id, "taken-up-again", at, recording=recording_id, stage=recording.stage)
    return True


def stalled(s: Session, older_than: datetime, at: datetime) -> list[str]:
    """Recordings to announce again, oldest first: dropped by a worker, or announced before `older_than` and not begun.

    They count as announced at `at`, so that a long queue is not announced again with every sweep.
    """
    unfinished = select(Recording).where(
        Recording.stage.in_((QUEUED, TRANSCRIBED)),
        or_(
            Recording.held_until <= at,
            and_(Recording.held_until.is_(None), Recording.stage_at <= older_than),
        ),
    )
    found = list(s.scalars(unfinished.order_by(Recording.stage_at, Recording.id).with_for_update(skip_locked=True)))
    for recording in found:
        recording.stage_at = at
        recording.held_until = None
    return [recording.id for recording in found]


def write_transcript(
    s: Session, recording_id: str, *, model: str, text: str, turns: Sequence[Turn], at: datetime
) -> Transcript | None:
    """Keep what was heard and move on to 'transcribed'; None when another worker was quicker."""
    recording = recording_of(s, recording_id)
    if recording.stage != QUEUED:
        return None
    transcript = Transcript(recording_id=recording_id, model=model[:80], made_at=at, text=text, turns=list(turns))
    s.add(transcript)
    s.flush()
    log_event(s, recording.leg.call_id, "transcribed", at, recording=recording_id, model=transcript.model)
    finish(recording, TRANSCRIBED, at)
    return transcript


def write_version(
    s: Session, recording_id: str, *, model: str, text: str, turns: Sequence[Turn], at: datetime
) -> Transcript | None:
    """Keep what another model heard as the newest version, to be understood anew; None when a worker has it in hand.

    Raises RecordingUnknown.
    """
    recording = recording_of(s, recording_id)
    if recording.stage not in (TRANSCRIBED, UNDERSTOOD) or (recording.held_until and recording.held_until > at):
        return None
    transcript = Transcript(recording_id=recording_id, model=model[:80], made_at=at, text=text, turns=list(turns))
    s.add(transcript)
    s.flush()
    log_event(s, recording.leg.call_id, "transcribed-again", at, recording=recording_id, model=transcript.model)
    finish(recording, TRANSCRIBED, at)
    return transcript


def heard_by_others(s: Session, since: datetime, model: Callable[[str], str]) -> list[str]:
    """Recordings asked for since then whose newest transcript is not by the model wanted, oldest first.

    `model` names the one that is wanted for a call with that menu path.
    """
    newest = select(func.max(Transcript.id)).where(Transcript.recording_id == Recording.id).correlate(Recording)
    wanted = select(Recording.id, Call.menu_path, Transcript.model).join(Recording.leg).join(Leg.call)
    wanted = wanted.join(Transcript, Transcript.id == newest.scalar_subquery())
    wanted = wanted.where(
        Recording.requested_at >= since,
        Recording.stage.in_((TRANSCRIBED, UNDERSTOOD)),
    )
    found = s.execute(wanted.order_by(Recording.requested_at, Recording.id))
    return [recording_id for recording_id, path, heard_by in found if heard_by != model(path)[:80]]


def write_verdict(
    s: Session,
    recording_id: str,
    *,
    transcript_id: int,
    category: str,
    second: str,
    confidence: float,
    urgency: str,
    evidence: list[dict[str, Any]],
    at: datetime,
) -> Triage | None:
    """Keep what the call was taken to be about and move on to 'understood'; None when another worker was quicker."""
    recording = recording_of(s, recording_id)
    if recording.stage != TRANSCRIBED:
        return None
    verdict = Triage(
        call_id=recording.leg.call_id,
        transcript_id=transcript_id,
        made_at=at,
        category=category,
        second=second,
        confidence=confidence,
        urgency=urgency,
        evidence=evidence,
    )
    s.add(verdict)
    s.flush()
    log_event(s, verdict.call_id, "triaged", at, recording=recording_id, category=category, urgency=urgency)
    finish(recording, UNDERSTOOD, at)
    return verdict


def _set_aside(s: Session, recording: Recording, problem: str, at: datetime) -> None:
    stage = recording.stage
    recording.stage, recording.stage_at, recording.held_until = SET_ASIDE, at, None
    recording.problem = problem[:REASON_LENGTH]
    log_event(s, recording.leg.call_id, "set-aside", at, recording=recording.id, stage=stage, problem=recording.problem)
