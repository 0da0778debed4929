"""The processes of the hotline."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from recordings.tables.base import Base


class Heartbeat(Base):
    """A process saying that it is alive, so that a live call can be told from a forgotten one."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    """'controller:<node>' or 'worker:<host>'."""
    seen_at: Mapped[datetime]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What it wants known, such as {"model": …, "trial": true} of a worker."""
