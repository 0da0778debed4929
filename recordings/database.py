"""The database: an engine whose writers wait for each other, and the schema brought up to date."""

import json
import random
import sqlite3
import time
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from recordings.errors import DatabaseMissing, DatabaseTooNew, DatabaseUnreachable

BUSY_LIMIT = 30.0
"""Seconds for which a writer waits for another one on SQLite. The longest of our transactions takes milliseconds."""
LOOK_AGAIN = 0.003
"""Seconds between two looks at whether another process has let go of the write lock."""
MIGRATION_LOCK = 0x11A0_0001
"""Key of PostgreSQL's advisory lock under which one process at a time brings the schema up to date."""
READING = "lianxin_reading"
"""Execution option of connections that only read: on SQLite they take no lock and are refused to write."""


def open_database(database_url: str, *, create: bool = True) -> Engine:
    """Connect and bring the schema up to date; safe when many processes do so at the same time.

    Values stay out of its errors, for they are callers' numbers and words, and errors go to the log.

    Raises DatabaseMissing (no such SQLite file and not `create`), DatabaseUnreachable, DatabaseTooNew.
    """
    url = _parsed(database_url)
    try:
        if url.get_backend_name() == "sqlite":
            _prepare_folder(url, create)
            engine = create_engine(
                url, json_serializer=_json, hide_parameters=True, connect_args={"timeout": BUSY_LIMIT}
            )
            _use_sqlite_well(engine)
        else:
            engine = create_engine(url, json_serializer=_json, hide_parameters=True, pool_pre_ping=True)
        _migrate(engine)
    except (DBAPIError, NoSuchModuleError, ImportError, OSError) as error:
        raise unreachable(url, error) from error
    return engine


def unreachable(url: URL, error: Exception) -> DatabaseUnreachable:
    """The error that says which database it is, never its password, and what its driver said."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    first = (said.strip().splitlines() or [type(error).__name__])[0]
    name = url.render_as_string(hide_password=True)
    if isinstance(error, ImportError | NoSuchModuleError):
        return DatabaseUnreachable(
            f"database {name}: {first}; install its driver (for PostgreSQL: pip install psycopg)"
        )
    return DatabaseUnreachable(f"database {name}: {first}; check the setting `database` and that it is running")


def _json(value: Any) -> str:
    """JSON that a person can read in the database: Chinese as it is written."""
    return json.dumps(value, ensure_ascii=False)


def _parsed(database_url: str) -> URL:
    try:
        return make_url(database_url)
    except ArgumentError as error:
        # The text itself stays out of the message: it may hold a password.
        raise DatabaseUnreachable(
            "the setting `database` is no database URL; write sqlite:///… or postgresql://…"
        ) from error


def _prepare_folder(url: URL, create: bool) -> None:
    if not url.database or url.database == ":memory:":
        raise DatabaseUnreachable("a database in memory would be lost with its process; write sqlite:///path/to/file")
    file = Path(url.database)
    if create:
        file.parent.mkdir(parents=True, exist_ok=True)
    elif not file.exists():
        raise DatabaseMissing(
            f"there is no database {file}; start the hotline once, or check the settings `var` and `database`"
        )


def _use_sqlite_well(engine: Engine) -> None:
    """Foreign keys on, write-ahead log, and transactions that take the write lock when they begin.

    A transaction that reads first and writes later cannot wait on SQLite: it is refused at once when another one wrote
    meanwhile (SQLITE_BUSY_SNAPSHOT, https://www.sqlite.org/isolation.html). BEGIN IMMEDIATE waits instead.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # The driver begins no transactions of its own.
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reading = bool(connection.get_execution_options().get(READING))
        connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
        if reading:
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_to_write(connection)

    _write_ahead(engine)


def _begin_to_write(connection: Connection) -> None:
    """Take the write lock as soon as it is free.

    SQLite's own wait looks again after up to 100 ms, and between two looks others come and go: beside processes that
    write all the time a page waited for seconds. So we look every few milliseconds ourselves.
    """
    raw: Any = connection.connection.driver_connection
    deadline = time.monotonic() + BUSY_LIMIT
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < deadline:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(LOOK_AGAIN * (0.5 + random.random()))
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # It says what is wrong.
    finally:
        raw.execute(f"PRAGMA busy_timeout = {round(BUSY_LIMIT * 1000)}")


def _write_ahead(engine: Engine) -> None:
    """Switch the file to a write-ahead log, once for all time. SQLite does not wait for others here, so we do."""
    deadline = time.monotonic() + BUSY_LIMIT
    while True:
        raw = engine.raw_connection()
        try:
            raw.driver_connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
            return
        except sqlite3.DatabaseError as error:
            locked = "locked" in str(error)
            if not locked or time.monotonic() > deadline:
                mend = "end whatever holds it open" if locked else "restore it from a backup, or name another"
                raise DatabaseUnreachable(f"database {engine.url.database}: {error}; {mend}") from error
            time.sleep(0.05)
        finally:
            raw.close()


def _migrate(engine: Engine) -> None:
    """Run what is missing of the migrations in one transaction, which others wait for."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        scripts = _migrations()
        present = MigrationContext.configure(connection).get_current_revision()
        if present == scripts.get_current_head():
            return
        if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
            name = engine.url.render_as_string(hide_password=True)
            raise DatabaseTooNew(f"database {name} was made by a newer Lianxin (schema {present}); update this one")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> Config:
    """Where the migrations are."""
    config = Config()
    config.set_main_option("script_location", "recordings:migrations")
    return config


@cache
def _migrations() -> ScriptDirectory:
    """The migrations there are, read once: every one of them is a file that is compiled anew."""
    return ScriptDirectory.from_config(_config())


def rewrite(engine: Engine) -> None:
    """Write a SQLite file anew, its log included; what was deleted is then gone from the disk's files too."""
    raw = engine.raw_connection()
    try:
        for order in ("PRAGMA query_only = 0", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.driver_connection.execute(order).fetchall()  # type: ignore[union-attr]
    finally:
        raw.close()
