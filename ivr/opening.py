"""Who is open now: the way from where a key leads to where the caller goes at this hour."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ivr.menu_book import Gate, MenuBook


@dataclass(frozen=True, slots=True)
class Opening:
    """The clock by which opening hours go."""

    clock: Callable[[], datetime]
    """The present moment, in any zone."""
    zone: ZoneInfo
    """The utility's own."""

    def closed(self, book: MenuBook, name: str) -> Gate | None:
        """The closed gate of a menu or flow; None when callers may go in."""
        gate = book.gate(name)
        if gate is None or gate.hours.open_at(self.clock().astimezone(self.zone)):
            return None
        return gate
