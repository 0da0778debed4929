"""What the application was handed, for the pages that run inside it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app

from recordings.archive import Archive
from web.text import Text


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the pages work with."""

    archive: Archive
    zone: ZoneInfo
    """The zone in which times are shown and days begin."""
    text: Text
    calls_back: bool = False
    """Whether residents can be called back: the settings name a way out."""


def parts() -> Parts:
    """The parts of the application that is answering. Raises RuntimeError outside a request."""
    return cast(Parts, current_app.extensions["lianxin"])


def now() -> datetime:
    """The present moment in UTC; the one clock of the console."""
    return datetime.now(UTC)
