"""Entries into the books, written down together.

What costs is not an entry but its transaction: at the moment in which two hundred callers end their messages, one
after the other would take seconds. So one thread writes, and takes all that waits into one transaction.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from recordings.archive import Archive

AT_ONCE = 64
"""Entries in a transaction at most: other processes wait for its end."""

T = TypeVar("T")
Waiting = tuple[Callable[[Session], Any], "Future[Any]"]


class Entries:
    """Writes entries in the order in which they come. An entry that fails undoes itself alone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._waiting: deque[Waiting] = deque()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="books")

    async def write(self, entry: Callable[[Session], T]) -> T:
        """Have an entry written, and give what it gives; raises what it raises, or what ails the database.

        It is written also when nobody waits for it any more.
        """
        done: Future[T] = Future()
        self._waiting.append((entry, done))
        self._writer.submit(self._write_what_waits)
        return await asyncio.shield(asyncio.wrap_future(done))

    def close(self) -> None:
        """Write what still waits, and let the thread go. Afterwards nothing is taken any more."""
        self._writer.shutdown()

    def _write_what_waits(self) -> None:
        entries = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        if not entries:  # an earlier turn took them along
            return
        try:
            with self._archive.session() as session:
                results = [_made(session, entry, alone=len(entries) == 1) for entry, _ in entries]
        except BaseException as problem:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            for _, done in entries:
                done.set_exception(problem)
            return
        for (_, done), (result, failed) in zip(entries, results, strict=True):
            if failed is None:
                done.set_result(result)
            else:
                done.set_exception(failed)


def _made(session: Session, entry: Callable[[Session], T], *, alone: bool) -> tuple[T | None, Exception | None]:
    """What the entry gives, or why it was undone. Whoever is alone may undo the whole transaction."""
    if alone:
        return entry(session), None
    try:
        with session.begin_nested():
            return entry(session), None
    except (OperationalError, InterfaceError):
        raise  # it ails the database, and so all
    except Exception as problem:  # noqa: BLE001 - handed to whoever asked for the entry
        return None, problem
