"""The stage that measures a call's tone and holds the rules against it, once all its recordings have been heard."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from asr.audio import audio_blocks
from asr.errors import AsrError
from quality import finding as found
from quality.judging import Judgement, judge
from quality.leg_sound import LegSound, listen
from quality.measuring import SIDES
from quality.record import of_leg, whole_call
from quality.rulebook import Rulebook
from quality.turns import Channel, TimedWord, Turn
from recordings.amendments import amendments
from recordings.judgements import awaited, is_judged, transcripts_of_call, write_judgement
from recordings.ledger import recording_of
from recordings.original_sound import original_file
from recordings.tables import Call, Finding, Transcript
from worker.tools import Tools

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording of the call with what was said in it."""

    recording_id: str
    side: Channel
    offset: float
    """Seconds from the call's first sample to this recording's."""
    key: str
    turns: tuple[Turn, ...]
    """On the call's timeline."""


def judge_call(tools: Tools, recording_id: str) -> None:
    """Judge the call of this recording, unless others of its recordings are yet to be heard or it was judged already.

    A call in which no agent spoke is measured and gets no score. Raises AsrError, ArchiveError.
    """
    if tools.rulebook is None:
        return
    with tools.archive.reading() as s:
        call_id = recording_of(s, recording_id, to_change=False).leg.call_id
        transcripts = transcripts_of_call(s, call_id)
        basis = ",".join(str(transcript.id) for transcript in transcripts)[:200]
        if awaited(s, call_id) or is_judged(s, call_id, basis):
            return
        heard = _heard(transcripts)
        book = _rules_in_force(s, tools.rulebook)
        call = s.get_one(Call, call_id)
        hung_up_by: Channel | None = "caller" if call.outcome == "hung-up" else None
    sounds = {side: _sound(tools, [each for each in heard if each.side == side]) for side in _sides(heard)}
    judgement = judge(book, [turn for each in heard for turn in each.turns], sounds, hung_up_by)
    _write(tools, book, call_id, basis, judgement, heard)


def _rules_in_force(s: Session, book: Rulebook) -> Rulebook:
    """The rules of the files, with what people changed of them in the console."""
    said = {name: amendment.value for name, amendment in amendments(s, "rule").items()}
    off = {name for name, value in said.items() if value["off"]}
    return book.amended({name: value["points"] for name, value in said.items()}, off)


def _write(
    tools: Tools, book: Rulebook, call_id: str, basis: str, judgement: Judgement, heard: Sequence[Heard]
) -> None:
    sheet = judgement.sheet
    with tools.archive.session() as s:
        write_judgement(
            s,
            call_id,
            basis=basis,
            score=sheet.score if sheet else None,
            fatal=sheet is not None and sheet.fatal,
            points={item.value: left for item, left in sheet.points.items()} if sheet else {},
            measures={
                "call": whole_call(judgement.measures),
                **{leg.channel: of_leg(leg) for leg in judgement.measures.legs if leg.speech},
            },
            findings=[_row(book, each, heard) for each in judgement.findings] if sheet else [],
            at=tools.clock(),
        )
    log.info("judged", score=sheet.score if sheet else None, findings=len(judgement.findings))


def _row(book: Rulebook, each: found.Finding, heard: Sequence[Heard]) -> Finding:
    """The finding with where it can be heard: in the newest recording of its side that had begun by then."""
    rule = next(rule for rule in book.rules if rule.id == each.rule)
    own = [h for h in heard if h.side == each.channel and h.offset <= each.start] or list(heard[:1])
    return Finding(
        rule=each.rule,
        zh=rule.zh[:80],
        en=rule.en[:120],
        item=each.item.value,
        channel=each.channel,
        at=each.start,
        recording_id=own[-1].recording_id if own else None,
        second=max(0.0, each.start - own[-1].offset) if own else None,
        words=each.words,
        points=each.points,
        fatal=each.fatal,
    )


def _heard(transcripts: Sequence[Transcript]) -> list[Heard]:
    begins = [t.recording.started_at or t.recording.requested_at for t in transcripts]
    rows = []
    for transcript, begin in zip(transcripts, begins, strict=True):
        side: Channel = "agent" if transcript.recording.leg.side == "agent" else "caller"
        offset = (begin - min(begins)).total_seconds()
        turns = tuple(
            Turn(
                side,
                turn.start + offset,
                turn.end + offset,
                turn.text,
                tuple(TimedWord(word["word"], word["start"] + offset) for word in turn.words),
            )
            for turn in transcript.turns
        )
        rows.append(Heard(transcript.recording_id, side, offset, transcript.recording.key, turns))
    return rows


def _sides(heard: Sequence[Heard]) -> list[Channel]:
    return [side for side in SIDES if any(each.side == side for each in heard)]


def _sound(tools: Tools, parts: Sequence[Heard]) -> LegSound:
    """One side's sound on the call's timeline: recordings that follow each other, silence before and between them."""
    with ExitStack() as open_:
        rate, blocks = 0, list[tuple[float, Iterator[NDArray[np.float32]]]]()
        for part in parts:
            path = open_.enter_context(original_file(tools.archive.store, part.recording_id, part.key, tools.seal))
            own_rate, own = open_.enter_context(audio_blocks(path))
            if rate and own_rate != rate:
                raise AsrError(f"{path.name}: {own_rate} samples a second, and the recording before it {rate}")
            rate = own_rate
            blocks.append((part.offset, own))
        return listen(_one_after_another(blocks, rate), rate)


def _one_after_another(
    parts: Sequence[tuple[float, Iterator[NDArray[np.float32]]]], rate: int
) -> Iterator[NDArray[np.float32]]:
    at = 0
    for offset, blocks in parts:
        missing = max(0, round(offset * rate) - at)
        while missing:  # In pieces, for a recording may begin an hour after the first.
            piece = min(missing, rate * 60)
            yield np.zeros(piece, np.float32)
            missing, at = missing - piece, at + piece
        for block in blocks:
            yield block
            at += len(block)
