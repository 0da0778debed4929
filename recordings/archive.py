"""The archive as its users get it: sessions on the database, and the audio store."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from threading import Lock
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.orm import Session

from recordings.announcing import announced
from recordings.audit import chained
from recordings.database import READING, open_database, rewrite, unreachable
from recordings.listing import ListingSession, is_missing, rebuild
from recordings.scope import ScopedSession, limit
from recordings.store import AudioStore
from recordings.tables import Audit
from recordings.together import Together
from recordings.vault import VAULT, Vault

CALLERS_FAULT = (DataError, IntegrityError, ProgrammingError)
"""What the database says of a wrong request; everything else says something of the database."""


class ArchiveSession(ListingSession):
    """A session that writes: it keeps the list of calls true, seals what it adds to the audit, and writes what others
    are to be told."""


chained(ArchiveSession)
announced(ArchiveSession)


class Archive:
    """The database and the audio store together. Many threads may share one."""

    def __init__(self, engine: Engine, store: AudioStore, vault: Vault | None = None) -> None:
        self._engine = engine
        self._known: dict[str, Any] = {} if vault is None else {VAULT: vault}
        self._districts: frozenset[str] = frozenset()
        self._for_reading = engine.execution_options(**{READING: True, "postgresql_readonly": True})
        # SQLite has one writer at a time, and lets those who wait sleep for up to 100 ms between two looks: of many
        # threads some would wait for seconds. They take turns before they come to it.
        self._turn: AbstractContextManager[object] = Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._looks = Together()
        self.store = store

    @classmethod
    def open(cls, database_url: str, store_url: str, *, create: bool = True, vault: Vault | None = None) -> "Archive":
        """Open both, and bring the schema up to date; makes what is missing unless `create` is False.

        `vault` gives the seal of the secrets in the database when it is first needed.
        Raises DatabaseMissing, DatabaseUnreachable, DatabaseTooNew, StoreUnreachable.
        """
        archive = cls(open_database(database_url, create=create), AudioStore(store_url), vault)
        with archive.reading() as s:
            unlisted = is_missing(s)
        if unlisted:
            with archive.session() as s:
                if is_missing(s):  # Another process may have been quicker.
                    rebuild(s)
        return archive

    def limited_to(self, districts: Collection[str]) -> "Archive":
        """The same archive for somebody who sees calls of these districts only; of all when there are none."""
        view = copy(self)
        view._districts = frozenset(districts)
        return view

    def rewrite(self) -> None:
        """On SQLite: write the database file anew, without what was in pages given up. Everybody waits meanwhile."""
        if self._engine.dialect.name == "sqlite":
            with self._turn:
                rewrite(self._engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: kept when the block ends well, undone when it raises.

        On SQLite writers wait for each other, so keep it short. What was loaded can be read afterwards.
        Raises DatabaseUnreachable when the database goes away meanwhile.
        """
        try:
            with self._turn, ArchiveSession(self._engine, expire_on_commit=False) as session, session.begin():
                limit(session, self._districts)
                session.info.update(self._known)
                yield session
        except (DatabaseError, InterfaceError) as error:
            if isinstance(error, CALLERS_FAULT):
                raise
            raise unreachable(self._engine.url, error) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, beside any writer; the database refuses to write in it."""
        try:
            with ScopedSession(self._for_reading, expire_on_commit=False) as session:
                limit(session, self._districts)
                session.info.update(self._known)
                yield session
        except (DatabaseError, InterfaceError) as error:
            if isinstance(error, CALLERS_FAULT):
                raise
            raise unreachable(self._engine.url, error) from error

    def note(self, row: Audit) -> None:
        """Keep one row of the audit; many threads that note something at once share a transaction."""
        self._looks.add(self.session, row)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()
