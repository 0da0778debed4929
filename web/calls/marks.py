"""What stands on the drawing of a call's sound: findings, dangers, facts and notes, each at its second."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from web.calls.judged import Found
from web.calls.sheet import Sheet

SAME = 1.0
"""Seconds within which two that name a danger mean one: what made the call urgent is a fact of it as well."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One place to jump to."""

    kind: str
    """fatal | finding | danger | fact | note."""
    at: float
    """Seconds on the call's clock."""
    text_id: str
    """The phrase that names it; empty where `zh` and `en` do."""
    words: str
    """What was said or noted there."""
    zh: str = ""
    en: str = ""


def marks_of(call: Sheet, findings: Sequence[Found]) -> tuple[Mark, ...]:
    """All marks in order of time, a fatal one first at its second. What has no second, or lies in a recording that
    cannot be heard, has none."""
    marks: list[Mark] = []
    for mark in sorted(_found(call, findings), key=lambda mark: (mark.at, mark.kind != "fatal")):
        if not any(mark.kind == known.kind == "danger" and mark.at - known.at < SAME for known in marks):
            marks.append(mark)
    return tuple(marks)


def _found(call: Sheet, findings: Sequence[Found]) -> Iterator[Mark]:
    if call.talk is None:
        return
    begins = {part.id: part.begins for part in call.talk.parts}

    def at(recording_id: str, second: float | None) -> float | None:
        return begins[recording_id] + second if second is not None and recording_id in begins else None

    for found in findings:
        if (place := at(found.cited.recording_id, found.cited.second)) is not None:
            yield Mark("fatal" if found.fatal else "finding", place, "", found.cited.text, found.zh, found.en)
    for cited in call.machine.alarms if call.machine else ():
        if (place := at(cited.recording_id, cited.second)) is not None:
            yield Mark("danger", place, "call.urgent", cited.text)
    for kind, facts in call.said:
        for fact in facts:
            if fact.text and (place := at(fact.recording_id, fact.second)) is not None:
                yield Mark("danger" if kind == "danger" else "fact", place, f"fact.{kind}", fact.text)
    for note in call.notes:
        if (place := at(note.recording_id, note.second)) is not None:
            yield Mark("note", place, "notes.title", note.text)
