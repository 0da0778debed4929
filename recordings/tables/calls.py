"""A call, its legs and their recordings, and what came of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Identity, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base

if TYPE_CHECKING:
    from recordings.tables.meaning import Correction, Triage
    from recordings.tables.people import User
    from recordings.tables.words import Transcript


class Call(Base):
    """One call, from the moment it rang."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_node_ended_at", "node", "ended_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Our own opaque id; also the id in logs and file names."""
    channel_id: Mapped[str] = mapped_column(String(80), unique=True)
    """Asterisk's id of the caller's channel."""
    node: Mapped[str] = mapped_column(String(64))
    """Which telephony node took it."""
    caller: Mapped[str] = mapped_column(String(40), default="")
    """The caller's number as the line gave it, empty when withheld."""
    line: Mapped[str] = mapped_column(String(40), default="")
    """The number that was dialled."""
    direction: Mapped[str] = mapped_column(String(3), default="in", server_default="in")
    """in: the resident called us; out: we called the resident back."""
    started_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    menu_path: Mapped[str] = mapped_column(String(200), default="")
    """The flows that were entered, joined by '/': 'main/repair'."""
    outcome: Mapped[str] = mapped_column(String(40), default="")
    """How it ended: an Outcome of ivr.flows, or 'hung-up', 'lost'."""

    legs: Mapped[list["Leg"]] = relationship(back_populates="call", order_by="Leg.id")
    events: Mapped[list["Event"]] = relationship(back_populates="call", order_by="Event.id")
    cases: Mapped[list["Case"]] = relationship(back_populates="call", order_by="Case.number")
    verdicts: Mapped[list["Triage"]] = relationship(back_populates="call", order_by="Triage.id")
    corrections: Mapped[list["Correction"]] = relationship(back_populates="call", order_by="Correction.id")


class Leg(Base):
    """One side of a call."""

    __tablename__ = "legs"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    side: Mapped[str] = mapped_column(String(10))
    """'caller' or 'agent'."""
    call: Mapped[Call] = relationship(back_populates="legs")
    recordings: Mapped[list["Recording"]] = relationship(back_populates="leg", order_by="Recording.requested_at")


class Recording(Base):
    """One recording that was asked for. Requested = stored + absent + failed once its call has ended."""

    __tablename__ = "recordings"
    __table_args__ = (Index("ix_recordings_stage_stage_at", "stage", "stage_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Our own opaque id; the file is named by it."""
    leg_id: Mapped[int] = mapped_column(ForeignKey("legs.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="requested", index=True)
    """requested → stored | absent | failed."""
    reason: Mapped[str] = mapped_column(String(300), default="")
    """Why it is absent or failed; for a stored one, anything that was mended on the way in."""
    requested_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    """When its first sample was taken: zero of the leg's timeline."""
    settled_at: Mapped[datetime | None]
    key: Mapped[str] = mapped_column(String(200), default="")
    """Where it lies in the audio store."""
    size: Mapped[int | None]
    """Bytes in the store."""
    sha256: Mapped[str] = mapped_column(String(64), default="")
    duration: Mapped[float | None]
    """Seconds."""
    stage: Mapped[str] = mapped_column(String(12), default="")
    """How far the pipeline has come: '' (not stored) → queued → transcribed → understood | set-aside."""
    stage_at: Mapped[datetime | None]
    """When it came to this stage, or was last announced to the workers."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often the present stage was begun."""
    held_until: Mapped[datetime | None]
    """Nobody else touches it before this moment: a worker has it in hand, or it rests after a failure."""
    problem: Mapped[str] = mapped_column(String(300), default="")
    """The last error of the pipeline, in a sentence."""

    leg: Mapped[Leg] = relationship(back_populates="recordings")
    messages: Mapped[list["Message"]] = relationship(back_populates="recording", order_by="Message.start")
    transcripts: Mapped[list["Transcript"]] = relationship(back_populates="recording", order_by="Transcript.id")


class Message(Base):
    """A stretch of a leg in which the caller was asked to speak."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[str] = mapped_column(ForeignKey("recordings.id"), index=True)
    flow: Mapped[str] = mapped_column(String(40))
    start: Mapped[float]
    """Seconds from the leg's first sample."""
    end: Mapped[float]
    """Seconds from the leg's first sample."""
    ended_by: Mapped[str] = mapped_column(String(12))
    """key | silence | limit | hang-up, or broken-off while it is spoken and if the controller went away then."""
    recording: Mapped[Recording] = relationship(back_populates="messages")


class Event(Base):
    """One thing that happened in a call, for its timeline. Never the words or numbers said."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    call: Mapped[Call] = relationship(back_populates="events")


class Case(Base):
    """What a caller was given a number for."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_state_promised_at", "state", "promised_at"), {"sqlite_autoincrement": True})

    number: Mapped[int] = mapped_column(Identity(start=100001), primary_key=True)
    """Read back to the caller digit by digit; starts at 100001 and never comes twice."""
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    flow: Mapped[str] = mapped_column(String(40))
    """The flow that opened it: what the caller chose, not what the machine understood."""
    opened_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12), default="open", server_default="open")
    """open → dispatched → arrived → restored → closed, or done instead of restored; `orders.states` holds the moves."""
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True when the caller told of danger by a key, or a person said so."""
    district: Mapped[str] = mapped_column(String(2), default="", server_default="")
    """Key of the district as it was then; empty when not known."""
    customer_number: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """The customer number that the caller keyed in or was recognised by; a later import may have taken it away."""
    contact: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """The telephone number to call back, empty when the caller's was withheld."""
    promised: Mapped[str] = mapped_column(String(12), default="", server_default="")
    """What the caller was promised: arrival (of a crew) | contact (a call back); empty for nothing."""
    promised_at: Mapped[datetime | None]
    """By when."""
    handled_at: Mapped[datetime | None]
    """When it became restored or done; None before, and again when it is taken up anew."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """The first-inquiry owner 首问负责人: who took the call, and stays responsible after any transfer."""
    call: Mapped[Call] = relationship(back_populates="cases")
    owner: Mapped["User | None"] = relationship()
