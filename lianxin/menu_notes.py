"""What is not wrong about a menu, but worth a look."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ivr.menu_book import MenuBook
from ivr.menu_tree import remarks
from ivr.menu_words import wrong_words
from ivr.prompts.catalogue import Catalogue
from ivr.working_days import CALENDAR_ENDS

AHEAD = timedelta(days=60)
"""So long before the data ends it is said: the State Council announces a year's holidays about then."""


def menu_notes(book: MenuBook, prompts: Catalogue) -> list[str]:
    """What nobody reaches, loops, words that say other keys, and a calendar that ends: a sentence each."""
    return [*remarks(book), *wrong_words(book, prompts.text), *calendar_note(book)]


def calendar_note(book: MenuBook) -> Iterator[str]:
    """A sentence when the calendar ends soon or has ended, and opening hours depend on it."""
    if book.hours and datetime.now(UTC).date() + AHEAD > CALENDAR_ENDS:
        yield (
            f"public holidays and adjusted working days are known up to {CALENDAR_ENDS}; after that opening hours go"
            " by weekdays alone. Renew the package: pip install --upgrade chinesecalendar, or write the days into"
            " [hours.….dates] of the menu file"
        )
