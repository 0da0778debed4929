"""Who works with the archive, and what they did."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recordings.tables.base import Base
from recordings.tables.second_factor import SecondFactor


class User(Base):
    """Somebody who may sign in to the console."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(12), default="agent")
    """agent | qa | supervisor | admin."""
    must_change_password: Mapped[bool] = mapped_column(default=False)
    """True while the password is the one the machine made up."""
    sessions_ended: Mapped[int] = mapped_column(default=0)
    """How often all sessions of this user were ended; a session of an earlier count is over."""
    disabled: Mapped[bool] = mapped_column(default=False)
    """True for somebody who may not sign in any more. Rows stay, for what the user did refers to them."""
    created_at: Mapped[datetime]
    districts: Mapped[list["UserDistrict"]] = relationship(
        order_by="UserDistrict.district", cascade="all, delete-orphan", lazy="selectin"
    )
    second_factor: Mapped[SecondFactor | None] = relationship(cascade="all, delete-orphan", lazy="joined")


class UserDistrict(Base):
    """A district for which somebody works. Who has none works for all of them."""

    __tablename__ = "user_districts"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    district: Mapped[str] = mapped_column(ForeignKey("districts.key"), primary_key=True)


class Audit(Base):
    """Who looked at or changed what."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_target_at", "target", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(40))
    """'signed-in', 'sign-in-refused', 'listened', 'corrected', …"""
    target: Mapped[str] = mapped_column(String(80), default="")
    hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """SHA-256 of this row and of the hash before it; `recordings.audit` writes it."""


class AuditHead(Base):
    """The newest row of the audit, noted apart from it: what is missing from the end is noticed by it. One row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    """Rows in the audit, and so the id of the newest."""
    hash: Mapped[str] = mapped_column(String(64))
