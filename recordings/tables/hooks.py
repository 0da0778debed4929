"""Other programs' addresses that are told when something happens, and what they were told."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base


class Hook(Base):
    """An address to which we say what happens."""

    __tablename__ = "hooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(300))
    events: Mapped[str] = mapped_column(String(300))
    """Names of `recordings.announcing`, joined by spaces."""
    secret: Mapped[str] = mapped_column(String(300))
    """What both sides sign with, sealed: `recordings.vault` opens it, for it is needed every time."""
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class HookDelivery(Base):
    """One thing to say to one address: written with the event itself, so that none is forgotten. Goes with its call."""

    __tablename__ = "hook_deliveries"
    __table_args__ = (
        Index("ix_hook_deliveries_state_next_at", "state", "next_at"),
        Index("ix_hook_deliveries_hook_id_state", "hook_id", "state"),
        Index("ix_hook_deliveries_hook_id_id", "hook_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hook_id: Mapped[int] = mapped_column(ForeignKey("hooks.id"))
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id"), index=True)
    event: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    """When it happened."""
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Ids, states and categories; never words or numbers."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    """waiting → delivered | given-up."""
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    """When it is to be tried next; while somebody sends it, when that is taken for broken off."""
    answer: Mapped[str] = mapped_column(String(200), default="")
    """What the other side said last, or why it could not be reached."""
    hook: Mapped[Hook] = relationship(lazy="joined")
