"""What the application was handed, for the pages that run inside it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from flask import current_app, g

from recordings.archive import Archive
from recordings.sealing import Seal
from web.quality.terms import QualityTerms
from web.system.insight import Insight
from web.text import Text


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything the pages work with."""

    archive: Archive
    zone: ZoneInfo
    """The zone in which times are shown and days begin."""
    text: Text
    idle: timedelta
    """How long a session lasts without a request."""
    second_factor: frozenset[str] = frozenset()
    """Roles that must sign in with one-time codes as well."""
    calls_back: bool = False
    """Whether residents can be called back: the settings name a way out."""
    quality: QualityTerms = field(default_factory=QualityTerms)
    seal: Seal | None = None
    """What originals are opened with; None where words are not masked."""
    insight: Insight | None = None
    """What is known of the rest of the hotline; None for a console that stands alone."""


def parts() -> Parts:
    """The parts of the application that is answering; of the archive what the reader may see.

    Raises RuntimeError outside a request.
    """
    found = cast(Parts, current_app.extensions["lianxin"])
    return replace(found, archive=g.archive) if "archive" in g else found


def now() -> datetime:
    """The present moment in UTC; the one clock of the console."""
    return datetime.now(UTC)
