"""What flows ask of the house behind the telephone."""

from collections.abc import Mapping
from typing import Protocol

from ivr.books import Books
from ivr.menu_book import Script


class Caller(Protocol):
    """Whoever is on the line."""

    @property
    def id(self) -> str:
        """The call's id."""
        ...


class Desk:
    """The desk that a flow turns to: it knows the scripts and opens cases."""

    def __init__(self, books: Books, scripts: Mapping[str, Script]) -> None:
        self._books = books
        self._scripts = scripts

    def script(self, flow: str) -> Script:
        """What the menu file has this flow say."""
        return self._scripts[flow]

    async def open_case(self, caller: Caller, flow: str) -> int:
        """Open a case for this call and give its number."""
        return await self._books.open_case(caller.id, flow)
