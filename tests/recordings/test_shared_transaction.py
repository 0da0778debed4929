"""Threads that leave a line at the same time share a transaction, and each knows that its own is kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier, Event
from time import monotonic, sleep

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recordings.archive import Archive
from recordings.audit import verify
from recordings.tables import Audit
from recordings.together import Together

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
THREADS = 8


@pytest.fixture
def archive(tmp_path) -> Iterator[Archive]:
    opened = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "store"))
    yield opened
    opened.close()


class Door:
    """Sessions of the archive that open only when told, and are counted."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.knocked, self.open, self.count = Event(), Event(), 0

    @contextmanager
    def session(self) -> Iterator[Session]:
        self.knocked.set()
        assert self.open.wait(10)
        self.count += 1
        with self._archive.session() as s:
            yield s


def noted(archive: Archive) -> set[str]:
    with archive.reading() as s:
        assert verify(s).whole
        return set(s.scalars(select(Audit.target).where(Audit.action == "viewed")))


def until_waiting(together: Together, count: int) -> None:
    limit = monotonic() + 10
    while len(together._rows) < count:
        assert monotonic() < limit, f"only {len(together._rows)} wait"
        sleep(0.001)


def row(number: int) -> Audit:
    return Audit(at=NOW, user_id=None, action="viewed", target=f"call{number}")


def test_who_comes_while_one_waits_is_taken_along(archive) -> None:
    together, door = Together(), Door(archive)
    with ThreadPoolExecutor(THREADS) as pool:
        first = pool.submit(together.add, door.session, row(0))
        assert door.knocked.wait(10)
        others = [pool.submit(together.add, door.session, row(number)) for number in range(1, THREADS)]
        until_waiting(together, THREADS)
        door.open.set()
        for each in (first, *others):
            each.result(10)
    assert door.count == 1
    assert noted(archive) == {f"call{number}" for number in range(THREADS)}


def test_every_line_is_kept_once_whoever_comes_first(archive) -> None:
    start = Barrier(THREADS)

    def look(thread: int) -> None:
        start.wait(10)
        for number in range(20):
            archive.note(row(100 * thread + number))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(look, range(THREADS)))
    assert len(noted(archive)) == 20 * THREADS
    with archive.reading() as s:
        assert s.scalar(select(func.count()).select_from(Audit).where(Audit.action == "viewed")) == 20 * THREADS


def test_when_it_cannot_be_kept_everybody_who_waited_hears_of_it(archive) -> None:
    together, door = Together(), Door(archive)

    @contextmanager
    def broken() -> Iterator[Session]:
        with door.session() as s:
            yield s
            raise OSError("no space left on the device")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(together.add, broken, row(1))
        assert door.knocked.wait(10)
        second = pool.submit(together.add, broken, row(2))
        until_waiting(together, 2)
        door.open.set()
        for each in (first, second):
            with pytest.raises(OSError, match="no space"):
                each.result(10)
    assert noted(archive) == set()
    together.add(archive.session, row(3))
    assert noted(archive) == {"call3"}
