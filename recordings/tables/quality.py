"""What the machine measured of a call's tone, found in its wording, and made of its sheet."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base


class Score(Base):
    """One judging of a call by the machine. Never changed; other transcripts make another row."""

    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("call_id", "basis"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    basis: Mapped[str] = mapped_column(String(200))
    """The transcripts that were read, '12,13': the same ones are judged once."""
    made_at: Mapped[datetime]
    score: Mapped[int | None]
    """0 to 100; None for a call in which no agent spoke."""
    fatal: Mapped[bool]
    points: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is left of each item of the sheet, by its name."""

    findings: Mapped[list["Finding"]] = relationship(order_by="Finding.at, Finding.id")
    measures: Mapped[list["Measure"]] = relationship(order_by="Measure.id")


class Measure(Base):
    """What was measured of one side of a call, or of the call as a whole."""

    __tablename__ = "measures"

    id: Mapped[int] = mapped_column(primary_key=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), index=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    """'agent', 'caller', or 'call' for both."""
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By name; seconds, dB, Hz and syllables a second, as docs/quality.md defines them."""


class Finding(Base):
    """A rule's hit in a call."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), index=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    rule: Mapped[str] = mapped_column(String(80), index=True)
    zh: Mapped[str] = mapped_column(String(80))
    """What the rule was called then."""
    en: Mapped[str] = mapped_column(String(120))
    item: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    at: Mapped[float]
    """Seconds from the call's first sample, of whichever side began first."""
    recording_id: Mapped[str | None] = mapped_column(ForeignKey("recordings.id"))
    """The recording in which it can be heard."""
    second: Mapped[float | None]
    """Seconds from that recording's first sample."""
    words: Mapped[str] = mapped_column(Text)
    points: Mapped[int]
    fatal: Mapped[bool]
