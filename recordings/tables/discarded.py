"""Files of the store that are on their way out."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class Discarded(Base):
    """A file whose recording has left the books and which is still to be removed from the store."""

    __tablename__ = "discarded"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    """Where it lies in the audio store."""
    at: Mapped[datetime]
