"""What flows ask of the house behind the telephone."""

from collections.abc import Mapping
from typing import Protocol

from ivr.agents.switchboard import Switchboard
from ivr.agents.talk import Left
from ivr.books import Books
from ivr.call import Call
from ivr.menu_book import Script
from recordings import agents


class Caller(Protocol):
    """Whoever is on the line."""

    @property
    def id(self) -> str:
        """The call's id."""
        ...


class Desk:
    """The desk that a flow turns to: it knows the scripts and opens cases."""

    def __init__(self, books: Books, scripts: Mapping[str, Script], switchboard: Switchboard) -> None:
        self._books = books
        self._scripts = scripts
        self._switchboard = switchboard

    def script(self, flow: str) -> Script:
        """What the menu file has this flow say."""
        return self._scripts[flow]

    async def open_case(self, caller: Caller, flow: str) -> int:
        """Open a case for this call and give its number."""
        return await self._books.open_case(caller.id, flow)

    async def agents_on_duty(self) -> bool:
        """Whether anybody answers calls now."""
        return await self._switchboard.on_duty()

    async def put_through(self, call: Call) -> Left | None:
        """Let the caller talk to an agent; who left first, None when they talked to nobody."""
        return await self._switchboard.put_through(call)

    async def keep_score(self, caller: Caller, score: int) -> None:
        """Keep how satisfied the caller is; 3 opens a case that somebody follows up."""
        await self._books.write(agents.surveyed, caller.id, score, self._books.clock())
