"""What was said, word for word, for the few who may read it."""

from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class Original(Base):
    """A transcript before personal data was masked, encrypted; and where in the sound that data is."""

    __tablename__ = "originals"

    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcripts.id"), primary_key=True, autoincrement=False)
    """The transcript that everybody may read."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """`recordings.sealing` opens it: {"text", "turns": [{"start", "end", "text"}]}."""
    hidden: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """[{"kind", "start", "end"}]: seconds from the recording's first sample that are beeped over; no words."""
