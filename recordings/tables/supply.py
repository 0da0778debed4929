"""Where power is delivered, and where it is off."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base


class District(Base):
    """A part of the utility's area that callers choose by a key."""

    __tablename__ = "districts"

    key: Mapped[str] = mapped_column(String(2), primary_key=True)
    """The telephone key that chooses it, 1 to 7; its name is heard from the prompt district.<key>."""
    name: Mapped[str] = mapped_column(String(60), unique=True)
    area: Mapped[str] = mapped_column(String(10))
    """urban | rural | remote: what is promised depends on it."""


class Outage(Base):
    """A stretch of time without power that we know of. Rows stay when it has ended."""

    __tablename__ = "outages"
    __table_args__ = (Index("ix_outages_district_ended_at", "district", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(ForeignKey("districts.key"))
    area: Mapped[str] = mapped_column(String(200), default="")
    """Which streets or villages, in words; empty for all of the district."""
    cause: Mapped[str] = mapped_column(String(12), default="fault")
    """fault | planned | weather | other."""
    since: Mapped[datetime]
    """May lie ahead for planned work."""
    expected_back: Mapped[datetime | None]
    """When power is expected; None while nobody knows."""
    ended_at: Mapped[datetime | None]
    place: Mapped[District] = relationship()
