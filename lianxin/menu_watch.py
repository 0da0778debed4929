"""Lets the next caller meet the menu that was changed in the console; who is on the line goes on as they began."""

import asyncio
from collections.abc import Callable

import structlog

from ivr.books import Books
from ivr.errors import BooksSlow, MenuInvalid
from ivr.menu_book import MenuBook
from recordings.amendments import menu_said
from recordings.errors import ArchiveError

LOOK = 5.0
"""Seconds between two looks."""

log = structlog.get_logger()


class MenuWatch:
    """Looks whether another menu holds, and hands it on."""

    def __init__(self, books: Books, read: Callable[[str | None], MenuBook], take: Callable[[MenuBook], None]) -> None:
        """`read` turns what is said in the console, None for the file, into a menu, or raises MenuInvalid."""
        self._books = books
        self._read = read
        self._take = take
        self._known: str | None = None
        """What was said when we last looked; at the start the file holds."""

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            await self.look()

    async def look(self) -> None:
        """Look once. What goes wrong leaves the menu that there is, and the log says so."""
        try:
            said = await self._books.read(menu_said)
            if said != self._known:
                self._known = said
                self._take(self._read(said))
                log.info("menu-changed", by="the file" if said is None else "the console")
        except MenuInvalid as error:
            log.error("menu-refused", why=str(error))
        except (ArchiveError, BooksSlow) as error:
            log.warning("menu-not-looked-up", why=str(error))
        except Exception:  # an outermost loop: it must outlive whatever ails the database
            log.exception("menu-watch-failed")
