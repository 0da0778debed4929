"""How loud a recording is from moment to moment, for drawing it."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class Loudness(Base):
    """The outline of a recording's sound, measured once: nobody decodes an hour to draw a line of it."""

    __tablename__ = "loudness"

    recording_id: Mapped[str] = mapped_column(ForeignKey("recordings.id"), primary_key=True)
    levels: Mapped[bytes] = mapped_column(LargeBinary)
    """A byte for each `recordings.outline.STEP`: 0 for silence, 255 for the loudest that a file can hold."""
