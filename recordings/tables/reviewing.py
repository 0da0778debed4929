"""What people make of the machine's sheet: their marks, the agent's reply, and who decides about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class Review(Base):
    """A person's marks on the sheet of a call. Never changed; a newer one of the same call replaces it."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), index=True)
    """The machine's judgement that was confirmed or overruled."""
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    """Whose call it was; None when nobody knows."""
    calibration_id: Mapped[int | None] = mapped_column(ForeignKey("calibrations.id"), index=True)
    """For a calibration only: such a review counts for nobody's score."""
    made_at: Mapped[datetime]
    score: Mapped[int]
    """0 to 100."""
    fatal: Mapped[bool]
    fatal_reason: Mapped[str] = mapped_column(String(300), default="")
    """Why it is or is not, where the machine said otherwise."""
    comment: Mapped[str] = mapped_column(String(500), default="")

    marks: Mapped[list["Mark"]] = relationship(order_by="Mark.id")
    reply: Mapped["Reply | None"] = relationship(back_populates="review")
    reviewer: Mapped[User] = relationship(foreign_keys=reviewer_id)
    agent: Mapped[User | None] = relationship(foreign_keys=agent_id)


class Mark(Base):
    """One item of the sheet as a person marked it."""

    __tablename__ = "marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    item: Mapped[str] = mapped_column(String(20))
    machine: Mapped[int]
    """What the machine had left of its points."""
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300), default="")
    """Never empty where the points are others than the machine's."""


class Reply(Base):
    """What the agent says to a review: seen, or an appeal against it."""

    __tablename__ = "replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), unique=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(12))
    """acknowledged | appealed."""
    text: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[datetime]

    review: Mapped[Review] = relationship(back_populates="reply")
    ruling: Mapped["Ruling | None"] = relationship()


class Ruling(Base):
    """What a second reviewer decided about an appeal; where it was upheld the newer review has other marks."""

    __tablename__ = "rulings"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), unique=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    upheld: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime]

    user: Mapped[User] = relationship()
