"""Calls for programs: finding them, reading one, hearing it, correcting it, noting something."""

from flask import request
from flask_login import current_user
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from recordings import notes
from recordings.corrections import correct_category
from recordings.errors import CallUnknown, NoteRefused, RecordingUnknown
from recordings.judgements import newest_score
from triage.verdict import Category
from web.api.shapes import (
    CallInFull,
    CallInList,
    Calls,
    CorrectionShape,
    FindingShape,
    Machine,
    Moment,
    NoteShape,
    Quality,
    RecordingShape,
    SaidTurn,
    Word,
)  # fmt: skip
from web.calls import audio
from web.calls.filters import Filters
from web.calls.opening import sheet_of_call
from web.calls.queries import Row, last_word, page_of_calls
from web.calls.sheet import Heard, MachineWord
from web.errors import AudioMissing, CallMissing, RequestUnreadable
from web.looking import note_looking
from web.parts import now, parts


class CategoryBody(BaseModel):
    """What the call is about."""

    model_config = ConfigDict(extra="forbid")
    category: Category


class NoteBody(BaseModel):
    """A note, on a second of a recording where both are given."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=notes.LONGEST, pattern=r"\S")
    recording_id: str | None = None
    second: float | None = Field(None, ge=0, le=86_400)


def list_of_calls() -> Calls:
    """One page under the filters of the address. Raises FilterUnknown and CallMissing."""
    filters = Filters.parse(request.args)
    place = {name: request.args.get(name, "") for name in ("after", "before")}
    with parts().archive.reading() as s:
        page = page_of_calls(s, filters, parts().zone, **place)
    note_looking(parts().archive, current_user.id, "listed", "", now())
    return Calls(
        calls=[_in_list(row) for row in page.rows],
        newer=page.newer or None,
        older=page.older or None,
        count=page.count,
        more=page.facets.capped,
    )


def one_call(call_id: str) -> CallInFull:
    """Raises CallMissing."""
    with parts().archive.reading() as s:
        found = _in_full(s, call_id)
    note_looking(parts().archive, current_user.id, "viewed", call_id, now())
    return found


def recording(call_id: str, recording_id: str) -> Response:
    """The sound, whole or in ranges. Raises AudioMissing."""
    return audio.recording(call_id, recording_id)


def correct(call_id: str, body: CategoryBody) -> CallInFull:
    """Keep a word on the category; the one that holds already changes nothing. Raises CallMissing."""
    with parts().archive.session() as s:
        known = last_word(s, call_id)
        if known is None or known.after != body.category:
            correct_category(s, call_id, current_user.id, body.category, now())
    return one_call(call_id)


def note(call_id: str, body: NoteBody) -> CallInFull:
    """Keep a note. Raises CallMissing, AudioMissing for a recording that is not the call's, and RequestUnreadable."""
    recording, second = body.recording_id, body.second
    try:
        with parts().archive.session() as s:
            notes.add_note(s, call_id, current_user.id, body.text, now(), recording_id=recording, second=second)
    except CallUnknown:
        raise CallMissing(call_id) from None
    except RecordingUnknown:
        raise AudioMissing(str(body.recording_id)) from None
    except NoteRefused as error:
        raise RequestUnreadable(str(error)) from None
    return one_call(call_id)


def _in_list(row: Row) -> CallInList:
    moment = Moment(recording_id=row.moment.recording_id, second=row.moment.second) if row.moment else None
    return CallInList(
        id=row.id,
        started_at=row.started_at,
        seconds=row.seconds,
        caller=row.caller,
        cases=list(row.cases),
        category=row.category,
        by_person=row.by_person,
        urgent=row.urgent,
        state=row.state,
        outcome=row.outcome,
        outgoing=row.outgoing,
        excerpt="".join(piece.text for piece in row.words),
        moment=moment,
    )


def _in_full(s: Session, call_id: str) -> CallInFull:
    sheet = sheet_of_call(s, call_id, Filters(), parts().zone)
    return CallInFull(
        id=sheet.id,
        started_at=sheet.started_at,
        seconds=sheet.seconds,
        caller=sheet.caller,
        line=sheet.line,
        path=list(sheet.path),
        outcome=sheet.outcome,
        state=sheet.state,
        cases=list(sheet.cases),
        category=sheet.category,
        machine=_machine(sheet.machine) if sheet.machine else None,
        corrections=[
            CorrectionShape(category=each.category, before=each.before, by=each.name, at=each.at)
            for each in sheet.persons
        ],
        recordings=[_heard(each) for each in sheet.recordings],
        notes=[
            NoteShape(id=n.id, text=n.text, by=n.name, at=n.at, moment=_moment(n.recording_id, n.second))
            for n in sheet.notes
        ],
        quality=_quality(s, call_id),
    )


def _machine(word: MachineWord) -> Machine:
    return Machine(
        category=word.category,
        second=word.second,
        confidence=word.percent / 100,
        urgent=word.urgent,
        evidence=[cited.text for cited in word.evidence],
    )


def _heard(heard: Heard) -> RecordingShape:
    turns = []
    for turn in heard.turns:
        words = [Word(start=word.start, end=word.end, text=word.text) for word in turn.words]
        turns.append(SaidTurn(start=turn.start, end=turn.end, text="".join(w.text for w in words), words=words))
    return RecordingShape(
        id=heard.id, side=heard.side, state=heard.state, seconds=heard.seconds, model=heard.model, turns=turns
    )


def _quality(s: Session, call_id: str) -> Quality | None:
    row = newest_score(s, call_id)
    if row is None:
        return None
    findings = [
        FindingShape(
            rule=each.rule,
            channel=each.channel,
            words=each.words,
            points=each.points,
            fatal=each.fatal,
            moment=_moment(each.recording_id, each.second),
        )
        for each in row.findings
    ]
    return Quality(score=row.score, fatal=row.fatal, findings=findings)


def _moment(recording_id: str | None, second: float | None) -> Moment | None:
    return Moment(recording_id=recording_id, second=second) if recording_id and second is not None else None
