"""One call read from the archive, for its page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recordings.call_state import state_of_call
from recordings.fact_words import fact_words
from recordings.facts import facts_of_call
from recordings.notes import notes_of_call
from recordings.originals import originals_of_call
from recordings.tables import Call, Correction, Leg, Recording, Transcript, Triage
from recordings.turn_texts import corrected_turns
from web.callbacks.shown import callbacks_shown, what_it_is_about
from web.calls.alarm import alarming
from web.calls.excerpt import find_hits
from web.calls.facts_shown import facts_shown
from web.calls.filters import Filters
from web.calls.joining import joined
from web.calls.laying_out import shown_text, spoken
from web.calls.reading import Asked, Fix, SpokenTurn
from web.calls.sheet import Cited, Happened, Heard, MachineWord, PersonWord, Sheet, Written
from web.calls.talk import parts_of
from web.errors import CallMissing
from web.times import length

FAMILIES = {
    "flow": "flow",
    "outcome": "outcome",
    "category": "category",
    "before": "category",
    "after": "category",
    "side": "side",
    "urgency": "urgency",
    "result": "callback-result",
    "answer": "callback-answer",
    "extent": "extent",
    "fact": "fact",
    "state": "case-state",
    "promised": "promised",
}
"""Family of phrases for a detail of an event, by the detail's name."""
UNTOLD = ("recording", "stage", "fatal")
"""Details of events that nobody reads: ids, and the stage where its problem stands beside it."""


def sheet_of_call(s: Session, call_id: str, filters: Filters, zone: ZoneInfo) -> Sheet:
    """Read one call; what the filters searched for is marked in its transcript. Raises CallMissing."""
    recordings = joinedload(Call.legs).joinedload(Leg.recordings)  # Few rows; a question of its own costs more.
    turns = recordings.joinedload(Recording.transcripts).selectinload(Transcript.turns)
    loading = (
        turns,
        recordings.selectinload(Recording.messages),
        selectinload(Call.corrections).selectinload(Correction.user),
    )
    wanted = select(Call, state_of_call()).where(Call.id == call_id).options(*loading)
    found = s.execute(wanted).unique().one_or_none()
    if found is None:
        raise CallMissing(call_id)
    call, state = found
    verdict = call.verdicts[-1] if call.verdicts else None
    rows = sorted((r for leg in call.legs for r in leg.recordings), key=lambda r: r.started_at or r.requested_at)
    fixes = {
        turn: Fix(row.id, row.user_id, row.user.name, row.made_at.astimezone(zone), row.before, row.after)
        for turn, row in corrected_turns(s, call_id).items()
    }
    heard = tuple(_heard(recording, verdict, filters, fixes) for recording in rows)
    corrections = [c for c in call.corrections if c.field == "category"]
    return Sheet(
        id=call.id,
        started_at=call.started_at.astimezone(zone),
        seconds=(call.ended_at - call.started_at).total_seconds() if call.ended_at else None,
        caller=call.caller,
        line=call.line,
        node=call.node,
        path=tuple(flow for flow in call.menu_path.split("/") if flow),
        outcome=call.outcome,
        state=state,
        cases=tuple(case.number for case in call.cases),
        machine=_machine_word(verdict, rows, heard) if verdict else None,
        persons=tuple(PersonWord(c.after, c.before, c.user.name, c.made_at.astimezone(zone)) for c in corrections),
        recordings=heard,
        talk=joined(parts_of(rows), heard),
        callbacks=callbacks_shown(s, call.id, zone),
        about=what_it_is_about(s, call.id) if call.direction == "out" else None,
        notes=tuple(
            Written(n.id, n.recording_id or "", n.second, n.text, n.user.name, n.user_id, n.made_at.astimezone(zone))
            for n in notes_of_call(s, call.id)
        ),
        said=facts_shown(facts_of_call(s, call.id), fact_words(s, call.id)),
        sealed=bool(originals_of_call(s, call.id)),
        events=tuple(Happened(e.at.astimezone(zone), e.kind, _notes(e.detail)) for e in call.events),
    )


def _heard(recording: Recording, verdict: Triage | None, filters: Filters, fixes: Mapping[int, Fix]) -> Heard:
    transcript = recording.transcripts[-1] if recording.transcripts else None
    turns: tuple[SpokenTurn, ...] = ()
    if transcript:
        cited = verdict.evidence if verdict and verdict.transcript_id == transcript.id else []
        evidence = [(int(e["start"]), int(e["end"])) for e in cited]
        fixed = {turn: fix.after for turn, fix in fixes.items()}
        hits = find_hits(shown_text(transcript.text, transcript.turns, fixed), filters.terms)
        turns = spoken(
            transcript.text, transcript.turns, side=recording.leg.side, evidence=evidence, hits=hits, fixed=fixed
        )
        turns = tuple(replace(turn, fix=fixes.get(turn.id)) for turn in turns)
    return Heard(
        id=recording.id,
        side=recording.leg.side,
        state=recording.state,
        reason=recording.reason,
        stage=recording.stage,
        problem=recording.problem,
        seconds=recording.duration,
        model=transcript.model if transcript else "",
        turns=turns,
        messages=tuple(Asked(m.flow, m.start, m.end, m.ended_by) for m in recording.messages),
    )


def _notes(detail: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the timeline says beside an event."""
    shown = {name: value for name, value in detail.items() if name not in UNTOLD and value not in ("", None)}
    if "seconds" in shown:
        shown["seconds"] = length(float(shown["seconds"]))
    notes = [(FAMILIES.get(name, ""), str(value)) for name, value in shown.items()]
    if "before" in shown and "after" in shown:
        notes.insert(list(shown).index("after"), ("", "→"))
    return tuple(notes)


def _machine_word(verdict: Triage, rows: list[Recording], heard: tuple[Heard, ...]) -> MachineWord:
    """The verdict with its evidence found in the recording it was read from."""
    transcripts = {t.id: (t.text, h) for r, h in zip(rows, heard, strict=True) for t in r.transcripts}
    text, read = transcripts.get(verdict.transcript_id, ("", None))
    words = [word for turn in read.turns for word in turn.words] if read else []
    urgent = verdict.urgency == "urgent"
    alarms = alarming(text) if urgent else ()

    def cited(evidence: dict[str, Any]) -> Cited:
        start, end = int(evidence["start"]), int(evidence["end"])
        second = next((word.start for word in words if 0 <= word.place <= start < word.place + len(word.machine)), None)
        alarm = any(start < alarm_end and alarm_start < end for alarm_start, alarm_end in alarms)
        return Cited(evidence["text"], read.id if read else "", second, alarm)

    evidence = tuple(cited(each) for each in verdict.evidence)
    return MachineWord(verdict.category, verdict.second, round(verdict.confidence * 100), urgent, evidence)
