"""The tables. One class a table; times are UTC; machine results are never overwritten by people."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides of a database that forgets zones (SQLite)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a moment without a zone is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What all tables share: types and the names of constraints, which migrations rely on."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[dict[str, Any]]: JSON}  # noqa: RUF012
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


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
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    number: Mapped[int] = mapped_column(Identity(start=100001), primary_key=True)
    """Read back to the caller digit by digit; starts at 100001 and never comes twice."""
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    flow: Mapped[str] = mapped_column(String(40))
    """The flow that opened it: what the caller chose, not what the machine understood."""
    opened_at: Mapped[datetime]
    call: Mapped[Call] = relationship(back_populates="cases")


class Transcript(Base):
    """A recording in words, by one model. A new model makes a new row."""

    __tablename__ = "transcripts"

    id: Mapped[int] = mapped_column(primary_key=True)
    recording_id: Mapped[str] = mapped_column(ForeignKey("recordings.id"), index=True)
    model: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    recording: Mapped[Recording] = relationship(back_populates="transcripts")
    turns: Mapped[list["Turn"]] = relationship(back_populates="transcript", order_by="Turn.start")


class Turn(Base):
    """What one side said between two pauses, with its words."""

    __tablename__ = "turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id"), index=True)
    start: Mapped[float]
    """Seconds from the leg's first sample."""
    end: Mapped[float]
    """Seconds from the leg's first sample."""
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """[{"word", "start", "end", "confidence"}]: in the turn, because a million calls hold a hundred million words."""
    partial: Mapped[bool] = mapped_column(default=False)
    transcript: Mapped[Transcript] = relationship(back_populates="turns")


class Triage(Base):
    """What the machine took a call to be about. Never changed; a newer run adds a row."""

    __tablename__ = "triage"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id"), index=True)
    """The transcript it was read from; evidence offsets count in its text."""
    made_at: Mapped[datetime]
    category: Mapped[str] = mapped_column(String(12), index=True)
    second: Mapped[str] = mapped_column(String(12), default="")
    confidence: Mapped[float]
    urgency: Mapped[str] = mapped_column(String(10), index=True)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """[{"text", "start", "end"}], character offsets in the transcript's text."""
    call: Mapped[Call] = relationship(back_populates="verdicts")


class Correction(Base):
    """What a person said instead of the machine, or instead of an earlier person. Never changed."""

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    field: Mapped[str] = mapped_column(String(20), default="category")
    before: Mapped[str] = mapped_column(String(200), default="")
    after: Mapped[str] = mapped_column(String(200))
    call: Mapped[Call] = relationship(back_populates="corrections")
    user: Mapped["User"] = relationship()


class User(Base):
    """Somebody who may sign in to the console."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(12), default="agent")
    """agent | qa | supervisor | admin."""
    must_change_password: Mapped[bool] = mapped_column(default=False)
    """True while the password is the one the machine made up."""
    sessions_ended: Mapped[int] = mapped_column(default=0)
    """How often all sessions of this user were ended; a session of an earlier count is over."""
    disabled: Mapped[bool] = mapped_column(default=False)
    """True for somebody who may not sign in any more. Rows stay, for what the user did refers to them."""
    created_at: Mapped[datetime]


class Audit(Base):
    """Who looked at or changed what."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_target_at", "target", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(40))
    """'signed-in', 'sign-in-refused', 'listened', 'corrected', …"""
    target: Mapped[str] = mapped_column(String(80), default="")


class Heartbeat(Base):
    """A process saying that it is alive, so that a live call can be told from a forgotten one."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    """'controller:<node>' or 'worker:<host>'."""
    seen_at: Mapped[datetime]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What it wants known, such as {"model": …, "trial": true} of a worker."""
