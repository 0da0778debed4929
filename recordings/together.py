"""Rows that many threads add at the same time are kept in one transaction: whoever comes to it first takes all along.

On SQLite every transaction ends with a wait for the disk, and writers take turns. With eight readers who each leave a
line in the audit, the eighth would wait for seven others; so it waits for one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy.orm import Session

from recordings.tables import Base


@dataclass(slots=True)
class _Waiting:
    """A row, and what became of it."""

    row: Base
    done: bool = False
    problem: Exception | None = None


@dataclass(slots=True)
class Together:
    """Keeps rows for many threads; none returns before its row is kept."""

    _rows: list[_Waiting] = field(default_factory=list)
    _guard: Lock = field(default_factory=Lock)
    _turn: Lock = field(default_factory=Lock)

    def add(self, session: Callable[[], AbstractContextManager[Session]], row: Base) -> None:
        """Keep the row in a transaction of `session`; raises what the transaction raises."""
        mine = _Waiting(row)
        with self._guard:
            self._rows.append(mine)
        with self._turn:
            if not mine.done:
                self._keep(session)
        if mine.problem:
            raise mine.problem

    def _keep(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        taken: list[_Waiting] = []
        problem: Exception | None = None
        try:
            with session() as s:  # others still join until its turn has come
                with self._guard:
                    taken, self._rows[:] = self._rows[:], []
                s.add_all(each.row for each in taken)
        except Exception as error:  # noqa: BLE001 - handed to everybody who waits for it
            problem = error
            if not taken:  # it did not even begin
                with self._guard:
                    taken, self._rows[:] = self._rows[:], []
        for each in taken:
            each.done, each.problem = True, problem
