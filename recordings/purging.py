"""Removing calls for good: all that the books hold of them, then their files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from recordings.archive import Archive
from recordings.retention import Terms, due_calls
from recordings.sealed_pieces import sealed_key
from recordings.sound_sealing import has_sealed_sound, lies_open
from recordings.tables import Audit, Base, Call, Discarded, Leg, Recording

BATCH = 100
"""Calls that go in one transaction: other writers wait for no longer than that takes."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed."""

    calls: int
    files: int


def purge(
    archive: Archive, terms: Terms, now: datetime, zone: ZoneInfo, done: Callable[[int], object] = lambda calls: None
) -> Purged:
    """Remove every call that has been kept for long enough; `done` hears of each batch.

    The rows go first, and the files only after that is certain: a crash in between leaves files that are known to be
    on their way out, which the next purge removes. What people did is kept in the audit. `now` is in UTC.
    Raises DatabaseUnreachable and StoreUnreachable; what was removed by then stays removed.
    """
    calls, files = 0, remove_discarded(archive)
    while batch := _purge_batch(archive, terms, now, zone):
        calls += batch
        files += remove_discarded(archive)
        done(batch)
    return Purged(calls, files)


def _purge_batch(archive: Archive, terms: Terms, now: datetime, zone: ZoneInfo) -> int:
    with archive.session() as s:
        ids = due_calls(s, terms, now.astimezone(zone).date(), zone, BATCH)
        if ids:
            _discard_files(s, ids, now)
            _delete_rows(s, ids)
            s.add(Audit(at=now, action="purged", target=f"{len(ids)} calls"))
        return len(ids)


def remove_discarded(archive: Archive) -> int:
    """Remove the files that are on their way out of the store; how many. Doing it again does no harm."""
    with archive.reading() as s:
        keys = s.scalars(select(Discarded.key)).all()
    for key in keys:
        archive.store.remove(key)
        with archive.session() as s:
            s.execute(delete(Discarded).where(Discarded.key == key))
    return len(keys)


def _discard_files(s: Session, ids: Sequence[str], now: datetime) -> None:
    stored = select(Recording.key).join(Leg).where(Leg.call_id.in_(ids), Recording.key != "")
    keys = list(s.scalars(stored))
    keys += [sealed_key(key) for key in s.scalars(stored.where(or_(has_sealed_sound(), lies_open())))]
    s.add_all(Discarded(key=key, at=now) for key in keys)
    s.flush()


def _delete_rows(s: Session, ids: Sequence[str]) -> None:
    """Delete the calls and every row that cannot be without them; a row that can lets go of them.

    Which rows these are follows from the foreign keys, so that a table of tomorrow is not forgotten.
    """
    tables = [table for table in reversed(Base.metadata.sorted_tables) if _belongs(table)]
    for table in Base.metadata.sorted_tables:
        for column, other in _links(table, nullable=True):
            if other in tables:
                gone = select(other.primary_key.columns[0]).where(_of_calls(other, ids))
                s.execute(update(table).where(column.in_(gone)).values({column: None}))
    for table in tables:
        s.execute(delete(table).where(_of_calls(table, ids)))


def _links(table: Table, *, nullable: bool) -> list[tuple[ColumnElement[object], Table]]:
    """The columns that refer to another table, each with that table."""
    return [(key.parent, key.column.table) for key in table.foreign_keys if bool(key.parent.nullable) is nullable]


@cache
def _belongs(table: Table) -> bool:
    """Whether its rows cannot be without a call."""
    return table is Call.__table__ or any(_belongs(other) for _, other in _links(table, nullable=False))


def _of_calls(table: Table, ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row of that table belongs to one of the calls."""
    if table is Call.__table__:
        return Call.id.in_(ids)
    return or_(
        *(
            column.in_(select(other.primary_key.columns[0]).where(_of_calls(other, ids)))
            for column, other in _links(table, nullable=False)
            if _belongs(other)
        )
    )
