"""What people changed of the settings, in the console."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class Amendment(Base):
    """A person's word over a settings file's. Never changed: the newest of a kind and name holds."""

    __tablename__ = "amendments"
    __table_args__ = (Index("ix_amendments_kind_name", "kind", "name", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    """rule | terms | model | menu."""
    name: Mapped[str] = mapped_column(String(80))
    """The rule's id; what the model is for, model | second_model; empty for terms and menu."""
    value: Mapped[dict[str, Any]]
    """What holds instead of the file; empty: the file.

    `{"points", "off"}` of a rule, `{"days", "by_category"}` of the terms, `{"model"}`, `{"text"}` of the menu.
    """
    reason: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    user: Mapped[User] = relationship()
