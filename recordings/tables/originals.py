"""What was said, word for word and in sound, for the few who may know it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class Original(Base):
    """A transcript before personal data was masked, encrypted; and where in the sound that data is."""

    __tablename__ = "originals"
    __table_args__ = (Index("ix_originals_sound_sealed", "sound_sealed"),)

    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id"), primary_key=True, autoincrement=False)
    """The transcript that everybody may read."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """`recordings.sealing` opens it: {"text", "turns": [{"start", "end", "text"}]}."""
    hidden: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """[{"kind", "start", "end"}]: seconds from the recording's first sample that are beeped over; no words."""
    sound_sealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the sound of these seconds lies open nowhere any more; also when there are none."""


class SealedSound(Base):
    """A recording whose open file has a tone in place of personal data, with what was there sealed beside it.

    `Recording.sha256` stays that of the recording as it was made; `recordings.sound_sealing` can put it together again.
    """

    __tablename__ = "sealed_sounds"

    recording_id: Mapped[str] = mapped_column(ForeignKey("recordings.id"), primary_key=True)
    sealed_at: Mapped[datetime]
    open_sha256: Mapped[str] = mapped_column(String(64))
    """Of the open file, which is as long as the recording was."""
    sealed_sha256: Mapped[str] = mapped_column(String(64))
    """Of the file with the sealed pieces."""
    sealed_size: Mapped[int]
    """Its bytes."""
