"""Entries that come at once are written together, each for itself."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from ivr.entries import AT_ONCE, Entries
from recordings import ledger
from recordings.archive import Archive
from recordings.errors import DatabaseUnreachable
from recordings.tables import Call, Listed

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path):
    with_audio = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    yield with_audio
    with_audio.close()


def opening(name: str):
    return lambda s: ledger.open_call(s, call_id=name, channel_id=name, node="main", caller="", line="", at=NOW).id


def names(archive: Archive) -> set[str]:
    with archive.reading() as s:
        return {call.id for call in s.query(Call)}


async def test_what_comes_at_once_is_written_in_few_transactions_and_all_of_it(archive: Archive) -> None:
    commits = []
    event.listen(archive._engine, "commit", lambda connection: commits.append(1))
    entries, many = Entries(archive), [f"call-{number}" for number in range(3 * AT_ONCE)]
    assert await asyncio.gather(*(entries.write(opening(name)) for name in many)) == many
    assert names(archive) == set(many)
    assert len(commits) <= 6
    with archive.reading() as s:
        assert {row.call_id for row in s.query(Listed)} == set(many), "the list of calls is kept true"


async def test_an_entry_that_fails_undoes_itself_alone(archive: Archive) -> None:
    def fails(s):
        opening("half")(s)
        raise ValueError("no such thing")

    entries = Entries(archive)
    results = await asyncio.gather(
        *(entries.write(entry) for entry in (opening("a"), opening("b"), fails, opening("b"), opening("c"))),
        return_exceptions=True,
    )
    assert [type(result).__name__ for result in results] == ["str", "str", "ValueError", "str", "str"]
    assert names(archive) == {"a", "b", "c"}


async def test_when_the_database_is_gone_everybody_hears_of_it_and_the_next_is_written(archive: Archive) -> None:
    def gone(s):
        raise OperationalError("BEGIN", {}, Exception("disk I/O error"))

    entries = Entries(archive)
    results = await asyncio.gather(
        *(entries.write(entry) for entry in (opening("a"), opening("b"), gone, opening("c"))), return_exceptions=True
    )
    assert DatabaseUnreachable in {type(result) for result in results}
    assert names(archive) == {result for result in results if isinstance(result, str)}
    assert await entries.write(opening("d")) == "d"


async def test_an_entry_that_nobody_waits_for_any_more_is_made_all_the_same(archive: Archive) -> None:
    held, go = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def holds(s):
        loop.call_soon_threadsafe(held.set)
        asyncio.run_coroutine_threadsafe(go.wait(), loop).result(10)

    entries = Entries(archive)
    first = asyncio.create_task(entries.write(holds))
    await held.wait()
    given_up = asyncio.create_task(entries.write(opening("given-up")))
    await asyncio.sleep(0)
    given_up.cancel()
    last = asyncio.create_task(entries.write(opening("last")))
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(first, last)
    assert given_up.cancelled()
    assert names(archive) == {"given-up", "last"}


async def test_what_waits_when_the_books_are_closed_is_written_first(archive: Archive) -> None:
    entries = Entries(archive)
    waiting = [asyncio.create_task(entries.write(opening(f"call-{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    entries.close()
    assert names(archive) == {f"call-{number}" for number in range(20)}
    await asyncio.gather(*waiting)
