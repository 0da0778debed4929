"""Agents at their telephones, who waits for them, and what callers said of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class Agent(Base):
    """A user of the console who answers calls at a telephone."""

    __tablename__ = "agents"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    extension: Mapped[str] = mapped_column(String(8), unique=True)
    """The telephone's number, and the name under which it registers."""
    state: Mapped[str] = mapped_column(String(8), default="away")
    """away | ready | paused."""
    reason: Mapped[str] = mapped_column(String(40), default="")
    """Why paused."""
    since: Mapped[datetime]
    """When the state began."""
    free_since: Mapped[datetime]
    """Since when nobody was put through: who is free for longest comes next."""
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
    """The call that rings or is spoken to; None when free."""
    user: Mapped[User] = relationship()


class Waiting(Base):
    """A caller who waits for an agent."""

    __tablename__ = "waiting"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    since: Mapped[datetime]
    first: Mapped[bool] = mapped_column(default=False)
    """True for danger and for who rang again and again: they come before the others."""


class Wish(Base):
    """What an agent at the console wants done with the call in hand; the controller does it."""

    __tablename__ = "wishes"
    __table_args__ = (Index("ix_wishes_call_id_done_at", "call_id", "done_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(10))
    """hold | resume | transfer | hang-up."""
    target: Mapped[str] = mapped_column(String(8), default="")
    """For a transfer: the extension of whom to."""
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Survey(Base):
    """What a caller pressed when asked whether they are satisfied."""

    __tablename__ = "surveys"

    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    """The agent who spoke last."""
    score: Mapped[int]
    """1 satisfied, 2 so-so, 3 not satisfied."""
    at: Mapped[datetime]
