"""What a call is about: the machine's word, and people's."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.calls import Call
from recordings.tables.people import User


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
