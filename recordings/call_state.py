"""How far a call has come, as an agent thinks of it."""

from enum import StrEnum

from sqlalchemy import ColumnElement, String, case, func, literal, select

from recordings.tables import Call, Leg, Recording


class CallState(StrEnum):
    """What can be done with a call now."""

    IN_PROGRESS = "in-progress"
    """Somebody is on the line."""
    WAITING = "waiting"
    """It is over; its recording or transcript is still to come."""
    READY = "ready"
    """There is a transcript to read."""
    SET_ASIDE = "set-aside"
    """The machine gave up on a recording, or could not keep what was said; a person must look."""
    NO_RECORDING = "no-recording"
    """There is nothing to hear."""


def state_of_call() -> ColumnElement[str]:
    """The state as an expression over Call: what needs a person comes before what is done."""
    stored = Recording.state == "stored"
    # Absent is a recording that never began; with a message in it something was said all the same.
    lost = (Recording.state == "failed") | ((Recording.state == "absent") & Recording.messages.any())
    weight = case(
        (lost | (stored & (Recording.stage == "set-aside")), 3),
        (Recording.state == "requested", 2),
        (stored & Recording.stage.in_(("", "queued")), 2),
        (stored, 1),
        else_=0,
    )
    # One maximum for all: asking for each state by itself tempts SQLite to search every recording of that state.
    heaviest = select(func.max(weight)).select_from(Recording).join(Leg).where(Leg.call_id == Call.id)
    states = {3: CallState.SET_ASIDE.value, 2: CallState.WAITING.value, 1: CallState.READY.value}
    by_recordings = case(
        states, value=heaviest.correlate(Call).scalar_subquery(), else_=literal(CallState.NO_RECORDING.value, String)
    )
    return case((Call.ended_at.is_(None), CallState.IN_PROGRESS.value), else_=by_recordings)
