"""Filters of the list of calls that somebody keeps, and how many calls there are of each kind."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class SavedFilter(Base):
    """A filter that somebody gave a name, for later and perhaps for colleagues."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(40))
    address: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """As arguments of the list's address."""
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_at: Mapped[datetime]
    user: Mapped[User] = relationship(lazy="joined")


class Tally(Base):
    """How many calls there are of a kind. The database keeps it by itself, as `listed` changes; only ever read it."""

    __tablename__ = "tallies"

    category: Mapped[str] = mapped_column(String(12), primary_key=True)
    state: Mapped[str] = mapped_column(String(14), primary_key=True)
    urgent: Mapped[bool] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(String(2), primary_key=True)
    doubtful: Mapped[bool] = mapped_column(primary_key=True)
    calls: Mapped[int]
