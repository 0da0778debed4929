"""With what other programs come to the API."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.people import User


class Token(Base):
    """A key for one program. It opens what its scopes say, and never more than its user may see."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    """What it is for, as people call it."""
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the token; the token itself is shown once and kept nowhere."""
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    """In whose name the program works: the audit names this user."""
    scopes: Mapped[str] = mapped_column(String(200))
    """What it is for, in words of `web.session.rights`, joined by spaces."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it was last seen, to the hour."""
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(lazy="joined")
