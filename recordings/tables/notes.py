"""What people write beside a call."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class Note(Base):
    """A note on a call, or on a moment of one of its recordings. Never changed; its writer may withdraw it."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    recording_id: Mapped[str | None] = mapped_column(ForeignKey("recordings.id"))
    """The recording in which its second counts; None for a note on the call as a whole."""
    second: Mapped[float | None]
    """Seconds from the leg's first sample."""
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(String(500))
    withdrawn_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()
