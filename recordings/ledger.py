"""What the telephone writes while a call is on. Every entry is one short transaction of the caller's own."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from recordings.errors import CallUnknown, RecordingUnknown
from recordings.tables import Call, Case, Event, Heartbeat, Leg, Message, Recording

REASON_LENGTH = 300
"""Characters that the database keeps of a reason or a problem."""
BROKEN_OFF = "broken-off"
"""How a message ended that was being spoken when the controller went away."""
SAID = 2.0
"""Seconds from which a message without a case is worth one: less is a change of mind at the tone."""
PATH_LENGTH = 200
"""Characters that the database keeps of a menu path; the events have all of it."""


def call_of(s: Session, call_id: str) -> Call:
    """A call by its id. Raises CallUnknown."""
    if (call := s.get(Call, call_id)) is None:
        raise CallUnknown(f"no call {call_id} is in the books")
    return call


def recording_of(s: Session, recording_id: str, *, to_change: bool = True) -> Recording:
    """A recording by its id; to change it, kept from other writers meanwhile. Raises RecordingUnknown."""
    if (recording := s.get(Recording, recording_id, with_for_update=to_change)) is None:
        raise RecordingUnknown(f"no recording {recording_id} was asked for")
    return recording


def open_call(
    s: Session, *, call_id: str, channel_id: str, node: str, caller: str, line: str, at: datetime, direction: str = "in"
) -> Call:
    """Open the books of a call that rings, or of one that we made. A channel that has its call already gets that one.

    `caller` is always the resident's number and `line` ours.
    """
    if (known := call_of_channel(s, channel_id)) is not None:
        return known
    call = Call(id=call_id, channel_id=channel_id, node=node, caller=caller[:40], line=line[:40], started_at=at)
    call.direction = direction
    s.add(call)
    s.flush()
    log_event(s, call_id, "rang" if direction == "in" else "called-back", at)
    return call


def answered(s: Session, call_id: str, at: datetime) -> None:
    """The call was answered; the first answer counts."""
    call = call_of(s, call_id)
    if call.answered_at is None:
        call.answered_at = at
        log_event(s, call_id, "answered", at)


def entered(s: Session, call_id: str, flow: str, at: datetime) -> None:
    """The caller came into a menu or flow."""
    call = call_of(s, call_id)
    path = f"{call.menu_path}/{flow}".lstrip("/")
    if len(path) <= PATH_LENGTH:
        call.menu_path = path
    log_event(s, call_id, "entered", at, flow=flow)


def log_event(s: Session, /, call_id: str, kind: str, at: datetime, **detail: Any) -> None:
    """Add to the call's timeline. Never words said or numbers dialled."""
    s.add(Event(call_id=call_id, kind=kind, at=at, detail=detail))


def happened(s: Session, call_id: str, kind: str) -> bool:
    """Whether the call's timeline has an event of that kind."""
    return s.scalars(select(Event.id).where(Event.call_id == call_id, Event.kind == kind)).first() is not None


def request_recording(s: Session, *, call_id: str, side: str, recording_id: str, at: datetime) -> Recording:
    """A recording of one side, 'caller' or 'agent', is about to be asked for. From here on it must be accounted for."""
    call_of(s, call_id)
    leg = s.scalars(select(Leg).where(Leg.call_id == call_id, Leg.side == side)).first()
    if leg is None:
        leg = Leg(call_id=call_id, side=side)
        s.add(leg)
        s.flush()
    recording = Recording(id=recording_id, leg_id=leg.id, requested_at=at)
    s.add(recording)
    s.flush()
    log_event(s, call_id, "recording-requested", at, recording=recording_id, side=side)
    return recording


def recording_started(s: Session, recording_id: str, at: datetime) -> None:
    """Asterisk says that the recording runs: `at` is zero of the leg's timeline."""
    recording = recording_of(s, recording_id)
    recording.started_at = at
    log_event(s, recording.leg.call_id, "recording-started", at, recording=recording_id)


def mark_message(s: Session, *, recording_id: str, flow: str, start: float, end: float, ended_by: str) -> int:
    """Mark where the caller was asked to speak, in seconds from the leg's first sample; give the mark's id.

    It was ended by 'key', 'silence', 'limit' or 'hang-up'. One that is still being spoken is 'broken-off' and has no
    length: so it stays if nobody comes to end it.
    """
    message = Message(recording_id=recording_id, flow=flow, start=start, end=end, ended_by=ended_by)
    s.add(message)
    s.flush()
    return message.id


def end_message(s: Session, message_id: int, *, start: float, end: float, ended_by: str) -> None:
    """What was marked while it was being spoken is over."""
    message = s.get_one(Message, message_id)
    message.start, message.end, message.ended_by = start, end, ended_by


def resumed(s: Session, call_id: str, at: datetime) -> None:
    """Another controller takes the call over; a message that was being spoken ends here."""
    log_event(s, call_id, "resumed", at)
    for message in _messages(s, call_id):
        started = message.recording.started_at
        if message.ended_by == BROKEN_OFF and message.end == message.start and started:
            message.end = max(message.start, (at - started).total_seconds())


def _messages(s: Session, call_id: str) -> list[Message]:
    wanted = select(Message).join(Recording).join(Leg).where(Leg.call_id == call_id).order_by(Message.id)
    return list(s.scalars(wanted))


def open_case(s: Session, *, call_id: str, flow: str, at: datetime) -> int:
    """Give the caller a number: 100001 is the first, and none comes twice."""
    case = Case(call_id=call_id, flow=flow, opened_at=at)
    s.add(case)
    s.flush()
    log_event(s, call_id, "case-opened", at, flow=flow)
    return case.number


def close_call(s: Session, call_id: str, outcome: str, at: datetime) -> None:
    """The call is over. What was written first stays.

    Somebody must see to what was said: a caller who left a message and no case, for they went back to the menu or the
    controller died, gets one now.
    """
    call = call_of(s, call_id)
    if call.ended_at is None:
        said = [m for m in _messages(s, call_id) if m.ended_by == BROKEN_OFF or m.end - m.start >= SAID]
        if said and not call.cases and call.direction == "in":  # a callback has the case that it is about
            open_case(s, call_id=call_id, flow=said[-1].flow, at=at)
        call.ended_at = at
        call.outcome = str(outcome)
        log_event(s, call_id, "ended", at, outcome=str(outcome))


def call_of_channel(s: Session, channel_id: str) -> Call | None:
    """The call that Asterisk's channel carries."""
    return s.scalars(select(Call).where(Call.channel_id == channel_id)).first()


def open_calls(s: Session, node: str) -> list[Call]:
    """Calls of a node that nobody closed, oldest first."""
    return list(s.scalars(select(Call).where(Call.node == node, Call.ended_at.is_(None)).order_by(Call.started_at)))


def open_recording(s: Session, call_id: str, side: str = "caller") -> Recording | None:
    """The newest recording of a side of a call that is not settled yet."""
    wanted = select(Recording).join(Leg).where(Leg.call_id == call_id, Leg.side == side, Recording.state == "requested")
    return s.scalars(wanted.order_by(Recording.requested_at.desc())).first()


def unsettled(s: Session, node: str) -> list[Recording]:
    """Recordings of a node that are neither stored nor absent nor failed, oldest first, each with its leg."""
    wanted = select(Recording).join(Leg).join(Call).where(Call.node == node, Recording.state == "requested")
    return list(s.scalars(wanted.order_by(Recording.requested_at).options(joinedload(Recording.leg))))


def absent(s: Session, recording_id: str, reason: str, at: datetime) -> None:
    """Nothing was recorded, and why. One that is settled already stays as it is."""
    _settle(s, recording_id, "absent", reason, at)


def failed(s: Session, recording_id: str, reason: str, at: datetime) -> None:
    """It could not be recorded or kept, and why. One that is stored or failed already stays as it is."""
    _settle(s, recording_id, "failed", reason, at)


def _settle(s: Session, recording_id: str, state: str, reason: str, at: datetime) -> None:
    recording = recording_of(s, recording_id)
    if recording.state != "requested" and (recording.state, state) != ("absent", "failed"):
        return
    recording.state = state
    recording.reason = reason[:REASON_LENGTH]
    recording.settled_at = at
    log_event(s, recording.leg.call_id, f"recording-{state}", at, recording=recording_id, reason=recording.reason)


def beat(s: Session, /, name: str, at: datetime, **detail: Any) -> None:
    """A process says that it is alive: 'controller:<node>' or 'worker:<host>'."""
    if s.get(Heartbeat, name) is None:
        with suppress(IntegrityError), s.begin_nested():  # two first beats at once: the other one's row will do
            s.add(Heartbeat(name=name, seen_at=at, detail=detail))
    heartbeat = s.get_one(Heartbeat, name)
    heartbeat.seen_at, heartbeat.detail = at, detail
