"""Which calls are listened to, by whom, and which are kept as examples."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class Sample(Base):
    """Calls of some days that were drawn to be listened to. The same seed draws the same calls again."""

    __tablename__ = "samples"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    """Calls that began before this moment."""
    share: Mapped[float]
    """0 to 1: of each agent's calls, beside those that are always listened to."""
    seed: Mapped[int]

    user: Mapped[User] = relationship()


class Sampled(Base):
    """One call of a sample, for one reviewer."""

    __tablename__ = "sampled"
    __table_args__ = (UniqueConstraint("sample_id", "call_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("samples.id"))
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    why: Mapped[str] = mapped_column(String(12))
    """fatal | dissatisfied | new-agent | share."""

    agent: Mapped[User | None] = relationship(foreign_keys=agent_id)
    reviewer: Mapped[User] = relationship(foreign_keys=reviewer_id)


class Calibration(Base):
    """The same calls before several reviewers, to see how far they agree."""

    __tablename__ = "calibrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(60))

    calls: Mapped[list["CalibrationCall"]] = relationship(order_by="CalibrationCall.call_id")
    reviewers: Mapped[list["CalibrationReviewer"]] = relationship(order_by="CalibrationReviewer.user_id")


class CalibrationCall(Base):
    """A call of a calibration."""

    __tablename__ = "calibration_calls"

    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibrations.id"), primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), primary_key=True, index=True)


class CalibrationReviewer(Base):
    """Somebody who marks the calls of a calibration."""

    __tablename__ = "calibration_reviewers"

    calibration_id: Mapped[int] = mapped_column(ForeignKey("calibrations.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)

    user: Mapped[User] = relationship()


class Example(Base):
    """A call that others are to learn from. The newest row of a call counts; an empty kind takes it out."""

    __tablename__ = "examples"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(4))
    """good | bad, or empty."""
    comment: Mapped[str] = mapped_column(String(500), default="")

    user: Mapped[User] = relationship()
