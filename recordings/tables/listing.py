"""What the list of calls is found by: one row a call, kept up with every change."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.calls import Call

FILTERS = ("category", "state", "urgent", "district")


class Listed(Base):
    """A call as filters see it. Everything here follows from other rows: `recordings.listing` writes it anew."""

    __tablename__ = "listed"
    # Every index holds every filter: a filter beside the one that leads is then checked without touching the row.
    __table_args__ = (
        Index("ix_listed_category", "category", "id", "state", "urgent", "district", "doubtful"),
        Index("ix_listed_state", "state", "id", "category", "urgent", "district", "doubtful"),
        Index("ix_listed_urgent", "urgent", "id", "category", "state", "district", "doubtful"),
        Index("ix_listed_district", "district", "id", "category", "state", "urgent", "doubtful"),
        Index("ix_listed_doubtful", "doubtful", "id", "category", "state", "urgent", "district"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)
    """Microseconds from 1970 to the start of the call, a few more where two began together: the order of the list."""
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), unique=True)
    category: Mapped[str] = mapped_column(String(12), default="")
    """The person's word or else the machine's; empty while neither spoke."""
    by_person: Mapped[str] = mapped_column(String(10), default="")
    """'corrected' when a person's word stands against the machine's, 'confirmed' when it agrees, '' without one."""
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(14), default="")
    """A CallState."""
    district: Mapped[str] = mapped_column(String(2), default="")
    """Of the newest case that has one; empty when not known."""
    doubtful: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Words were said, the machine was not sure of the category (`SURE_FROM`), and no person has spoken yet."""
    said: Mapped[str] = mapped_column(Text, default="")
    """The newest transcripts as they may be read by everybody, a line for each recording."""
    numbers: Mapped[str] = mapped_column(String(300), default="")
    """The caller's number and those of the cases, one a line."""
    call: Mapped[Call] = relationship()
