"""The second proof, beside the password, of who signs in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class SecondFactor(Base):
    """What a user's telephone and we both know, from which it makes one-time codes."""

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(300))
    """Base 32, sealed: `recordings.vault` opens it, for every code is made from it."""
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When the telephone gave a first right code; until then it is not asked for."""
    last_step: Mapped[int] = mapped_column(default=0)
    """Of the last code that was taken, as RFC 6238 counts steps: none is taken twice."""


class RecoveryCode(Base):
    """A code for somebody whose telephone is lost; good once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256; the code has 50 random bits, and tries are counted."""
    used_at: Mapped[datetime | None]
