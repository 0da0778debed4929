"""Whether the holidays that opening hours go by are known for the time ahead."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ivr.menu_book import MenuBook
from ivr.working_days import CALENDAR_ENDS

AHEAD = timedelta(days=60)
"""So long before the data ends it is said: the State Council announces a year's holidays about then."""


def calendar_note(book: MenuBook) -> Iterator[str]:
    """A sentence when the calendar ends soon or has ended, and opening hours depend on it."""
    if book.hours and datetime.now(UTC).date() + AHEAD > CALENDAR_ENDS:
        yield (
            f"public holidays and adjusted working days are known up to {CALENDAR_ENDS}; after that opening hours go"
            " by weekdays alone. Renew the package: pip install --upgrade chinesecalendar, or write the days into"
            " [hours.….dates] of the menu file"
        )
