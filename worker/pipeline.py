"""From a stored recording to a call that a person can review: transcribe, then triage, each kept when it is done."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from asr.homophones import Lexicon
from asr.legs import open_legs
from asr.listen import transcribe
from asr.transcript import Passage, Word
from asr.transcript import Transcript as Heard
from recordings import stages
from recordings.ledger import recording_of
from recordings.original_sound import original_file
from recordings.outline import keep_outline, measured
from recordings.tables import Original, Transcript, Turn
from recordings.vocabulary import all_words
from triage.verdict import Category, Urgency, Verdict
from worker.fact_finding import facts_of
from worker.judging import judge_call
from worker.masking import HeardTurn, mask, to_keep
from worker.masking_across import mask_across, said_in_call
from worker.sealing import seal_call
from worker.tools import Tools

log = structlog.get_logger()

NOTHING_SAID = Verdict(category=Category.OTHER, second=None, confidence=0.0, urgency=Urgency.NORMAL, evidence=())
"""What is made of a call in which nobody spoke: no category, and no certainty about it."""


def work_through(tools: Tools, recording_id: str) -> None:
    """Bring a recording as far as it will go. What is done or in other hands is left alone.

    Doing it again therefore does no harm, and goes on from where the last try ended.
    Raises whatever the stage raises: AsrError, TriageError, ArchiveError.
    """
    for stage, work in ((stages.QUEUED, _transcribe), (stages.TRANSCRIBED, _understand)):
        with tools.archive.session() as s:
            mine = stages.claim(s, recording_id, stage, tools.clock())
        if mine:
            work(tools, recording_id)
    seal_call(tools, recording_id)


def hear_again(tools: Tools, recording_id: str) -> bool:
    """Hear a recording that was heard before once more, with the engine of `tools`, and understand it anew.

    The transcript before stays as a version; people's corrections stay. False when it was removed meanwhile, or is
    in other hands. Raises AsrError, TriageError, ArchiveError: then the old transcript is still the newest.
    """
    seal_call(tools, recording_id)  # Nobody lays a tone over the words while they are heard again.
    heard = _heard(tools, recording_id)
    if _write(tools, stages.write_version, recording_id, heard) is None:
        return False
    log.info("transcribed-again", recording=recording_id, model=heard.model, words=len(heard.words))
    work_through(tools, recording_id)
    return True


def _transcribe(tools: Tools, recording_id: str) -> None:
    heard = _heard(tools, recording_id)
    _write(tools, stages.write_transcript, recording_id, heard)
    _draw(tools, recording_id)
    log.info("transcribed", seconds=round(heard.duration, 1), words=len(heard.words), damage=heard.damage or None)


def _heard(tools: Tools, recording_id: str) -> Heard:
    with tools.archive.reading() as s:
        recording = recording_of(s, recording_id, to_change=False)
        key, engine = recording.key, tools.engine_for(recording.leg.call.menu_path)
        lexicon = Lexicon(all_words(s))
    with original_file(tools.archive.store, recording_id, key, tools.seal) as path:
        [leg] = open_legs(path, "mix")
        return transcribe(leg, engine, lexicon=lexicon)


def _draw(tools: Tools, recording_id: str) -> None:
    """Keep the outline of the sound, for the console to draw."""
    with tools.archive.reading() as s:
        key = recording_of(s, recording_id, to_change=False).key
    levels = measured(tools.archive.store, key)
    with tools.archive.session() as s:
        keep_outline(s, recording_id, levels)


def _write(tools: Tools, write: Callable[..., Transcript | None], recording_id: str, heard: Heard) -> Transcript | None:
    """Write down what was heard, masked, and the original beside it, sealed; None when others were quicker."""
    turns = [_turn(passage) for passage in heard.passages if passage.words]
    masked = None
    if tools.seal:
        with tools.archive.reading() as s:
            call_id = recording_of(s, recording_id, to_change=False).leg.call_id
            masked = mask(turns, said_in_call(s, tools.seal, call_id))
    with tools.archive.session() as s:
        written = write(
            s,
            recording_id,
            model=heard.model,
            text=masked.text if masked else heard.text,
            turns=[_row(turn) for turn in (masked.turns if masked else turns)],
            at=tools.clock(),
        )
        if written and masked and tools.seal:
            sealed = tools.seal.close(to_keep(turns))
            hidden = list(masked.hidden)
            s.add(Original(transcript_id=written.id, sealed=sealed, hidden=hidden, sound_sealed=not hidden))
    return written


def _turn(passage: Passage) -> HeardTurn:
    words = [_word(word) for word in passage.words]
    return HeardTurn(passage.words[0].start, passage.words[-1].end, words, passage.partial)


def _row(turn: HeardTurn) -> Turn:
    return Turn(start=turn.start, end=turn.end, text=turn.text, words=list(turn.words), partial=turn.partial)


def _word(word: Word) -> dict[str, Any]:
    columns = asdict(word)
    if not word.heard:
        del columns["heard"]
    return columns


def _understand(tools: Tools, recording_id: str) -> None:
    """Read the newest transcript. An agent's side says nothing about what the caller wants, so it gets no verdict.

    The call is judged first: what is done twice after a crash in between is then only looked up.
    """
    if tools.seal:
        with tools.archive.session() as s:
            mask_across(s, tools.seal, recording_of(s, recording_id).leg.call_id)
    judge_call(tools, recording_id)
    with tools.archive.session() as s:
        recording = recording_of(s, recording_id)
        side = recording.leg.side
        if side != "caller":
            s.add_all(facts_of(_newest(s, recording_id), side))
            stages.finish(recording, stages.UNDERSTOOD, tools.clock())
            return
        transcript = _newest(s, recording_id)
        facts = facts_of(transcript, side)
    verdict = tools.classifier.classify(transcript.text) if transcript.text.strip() else NOTHING_SAID
    with tools.archive.session() as s:
        written = stages.write_verdict(
            s,
            recording_id,
            transcript_id=transcript.id,
            category=verdict.category.value,
            second=verdict.second.value if verdict.second else "",
            confidence=verdict.confidence,
            urgency=verdict.urgency.value,
            evidence=[asdict(evidence) for evidence in verdict.evidence],
            at=tools.clock(),
        )
        if written:
            s.add_all(facts)
    log.info("triaged", category=verdict.category.value, urgency=verdict.urgency.value)


def _newest(s: Session, recording_id: str) -> Transcript:
    newest = select(Transcript).where(Transcript.recording_id == recording_id).order_by(Transcript.id.desc())
    return s.scalars(newest.limit(1)).one()
