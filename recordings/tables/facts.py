"""What was said that somebody must act on."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class StoredFact(Base):
    """One fact of a transcript. A newer transcript has rows of its own."""

    __tablename__ = "facts"

    id: Mapped[int] = mapped_column(primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    """Of `triage.facts.fact`, or a kind of personal data that was masked."""
    text: Mapped[str] = mapped_column(String(100))
    """The words, as everybody may read them."""
    value: Mapped[str] = mapped_column(String(40), default="")
    """Yuan, minutes or households as a number, or a word for the rest; empty where the words say it all."""
    start: Mapped[int]
    """Offset of its first character in the transcript's text."""
    second: Mapped[float | None]
    """Seconds from the recording's first sample to where it is said."""
