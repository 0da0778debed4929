"""What was said, in words."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.calls import Recording
from recordings.tables.people import User


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
    """[{"word", "start", "end", "confidence"}], with "heard" where the vocabulary put it right: in the turn, because a
    million calls hold a hundred million words."""
    partial: Mapped[bool] = mapped_column(default=False)
    transcript: Mapped[Transcript] = relationship(back_populates="turns")


class TurnCorrection(Base):
    """What a person heard in a turn instead of the machine, or instead of an earlier person. Never changed."""

    __tablename__ = "turn_corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    user: Mapped[User] = relationship()


class VocabularyWord(Base):
    """A word of the utility's own, which transcripts write as it is where something is heard that sounds alike."""

    __tablename__ = "vocabulary"

    word: Mapped[str] = mapped_column(String(20), primary_key=True)
    added_at: Mapped[datetime]
