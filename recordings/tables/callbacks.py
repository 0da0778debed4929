"""Calling residents back: what was asked for, and every attempt."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.calls import Call, Case


class Callback(Base):
    """A resident is to be called back about a case."""

    __tablename__ = "callbacks"
    __table_args__ = (Index("ix_callbacks_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_number: Mapped[int] = mapped_column(ForeignKey("cases.number"), index=True)
    requested_at: Mapped[datetime]
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Who pressed the button; empty for the command line and for what fell due by itself."""
    to: Mapped[str] = mapped_column(String(200), default="")
    """A SIP address to call in place of the resident's number, for a trial."""
    at_any_hour: Mapped[bool] = mapped_column(default=False)
    """True when somebody asked to call in the quiet hours too."""
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    """waiting → calling → reached | given-up, and from calling back to waiting for another try."""
    due_at: Mapped[datetime]
    """Not called before this moment."""
    node: Mapped[str] = mapped_column(String(64), default="")
    """The telephony node that has it in hand, or had it last."""
    answer: Mapped[str] = mapped_column(String(12), default="")
    """What the resident said: solved | not-solved | person | silent."""
    finished_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    attempts: Mapped[list["CallbackAttempt"]] = relationship(
        back_populates="callback", order_by="CallbackAttempt.began_at"
    )


class CallbackAttempt(Base):
    """One time that it rang, or should have."""

    __tablename__ = "callback_attempts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Our own opaque id; Asterisk's channel is named by it."""
    callback_id: Mapped[int] = mapped_column(ForeignKey("callbacks.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(String(12), default="")
    """answered | machine | no-answer | busy | refused | unreachable | lost; empty while it is on."""
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
    """The call, with its recording, when somebody or something answered."""
    callback: Mapped[Callback] = relationship(back_populates="attempts")
    call: Mapped[Call | None] = relationship()
