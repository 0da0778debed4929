"""What the telephone writes down while a call is on: the ledger, off the event loop."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from ivr.entries import Entries
from ivr.errors import BooksSlow
from recordings import ledger
from recordings.archive import Archive

WRITE_LIMIT = 5.0
"""Seconds that an entry may take while somebody is on the line. Entries take milliseconds."""

P = ParamSpec("P")
T = TypeVar("T")


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Books:
    """The ledger of recordings, read and written in other threads so that no other call waits."""

    def __init__(self, archive: Archive, node: str, clock: Callable[[], datetime] = now) -> None:
        self.archive = archive
        self._entries = Entries(archive)
        self.node = node
        self.clock = clock

    async def write(self, entry: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one function of `recordings.ledger` or `orders` in a transaction.

        Raises BooksSlow after `WRITE_LIMIT`: the caller on the line must not wait for a hanging disk. The entry may
        still be made later; all of them bear being made twice or late.
        """

        return await self._within_limit(self._entries.write(lambda session: entry(session, *args, **kwargs)))

    async def read(self, look: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that only reads, beside any writer. Raises BooksSlow."""

        def reading() -> T:
            with self.archive.reading() as session:
                return look(session, *args, **kwargs)

        return await self._within_limit(asyncio.to_thread(reading))

    async def _within_limit(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return await asyncio.wait_for(work, WRITE_LIMIT)
        except TimeoutError:
            raise BooksSlow(f"the database took longer than {WRITE_LIMIT:g} s; look at its disk and its load") from None

    def close(self) -> None:
        """Write down what still waits, and close the archive."""
        self._entries.close()
        self.archive.close()

    async def log(self, call_id: str, kind: str, **detail: Any) -> None:
        """Add one event to the call's timeline."""
        await self.write(ledger.log_event, call_id, kind, self.clock(), **detail)

    async def enter(self, call_id: str, flow: str) -> None:
        """Note that the call entered a menu or flow."""
        await self.write(ledger.entered, call_id, flow, self.clock())
