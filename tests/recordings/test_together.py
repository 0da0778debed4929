"""Controller, workers and console write at the same time, from threads and from processes; nobody trips."""

import sqlite3
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from recordings import database, ledger
from recordings.archive import Archive
from recordings.errors import DatabaseUnreachable
from recordings.tables import Call, Case

BUSY = """
import sys, threading
from datetime import UTC, datetime
from recordings import ledger
from recordings.archive import Archive

archive = Archive.open(sys.argv[1], sys.argv[2])
name = sys.argv[3]
faults, numbers = [], []

def write(thread):
    try:
        for number in range(15):
            with archive.session() as s:
                at = datetime.now(UTC)
                call = f"{name}-{thread}-{number}"
                ledger.open_call(s, call_id=call, channel_id=call, node="main", caller="", line="", at=at)
                numbers.append(ledger.open_case(s, call_id=call, flow="repair", at=at))
            with archive.session() as s:
                known = len(ledger.open_calls(s, "main"))
                ledger.beat(s, "controller:main", datetime.now(UTC), calls=known)
    except BaseException as error:
        faults.append(error)

threads = [threading.Thread(target=write, args=(n,)) for n in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
print(*numbers)
sys.exit(repr(faults) if faults else 0)
"""


def test_three_processes_of_three_threads_write_at_once(tmp_path: Path) -> None:
    url, store = f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive")
    busy = [
        subprocess.Popen(
            [sys.executable, "-c", BUSY, url, store, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for name in ("controller", "worker", "console")
    ]
    results = [process.communicate(timeout=120) for process in busy]
    assert [process.returncode for process in busy] == [0, 0, 0], [said for _, said in results]
    numbers = [int(number) for told, _ in results for number in told.split()]
    assert sorted(numbers) == list(range(100001, 100001 + 3 * 3 * 15))
    archive = Archive.open(url, store)
    with archive.reading() as s:
        assert s.scalar(select(func.count()).select_from(Call)) == 135
    archive.close()


def test_a_reader_is_not_kept_waiting_by_a_writer(archive: Archive, call: str, now: datetime) -> None:
    seen: list[str] = []

    def read() -> None:
        with archive.reading() as s:
            seen.extend(c.id for c in ledger.open_calls(s, "main"))

    with archive.session() as s:
        ledger.close_call(s, call, "hung-up", now)
        s.flush()
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(timeout=5)
        assert not reader.is_alive()
    assert seen == [call]


def test_the_number_of_a_case_never_comes_back(archive: Archive, call: str, now: datetime) -> None:
    with archive.session() as s:
        first = ledger.open_case(s, call_id=call, flow="repair", at=now)
        s.delete(s.get_one(Case, first))
    with archive.session() as s:
        second = ledger.open_case(s, call_id=call, flow="billing", at=now)
    assert (first, second) == (100001, 100002)


def test_who_waits_in_vain_is_told_and_writes_when_the_other_lets_go(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    monkeypatch.setattr(database, "BUSY_LIMIT", 0.05)
    other = sqlite3.connect(tmp_path / "lianxin.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnreachable, match="locked"), archive.session() as s:
        s.get(Call, "c")
    other.execute("COMMIT")
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="c", node="main", caller="", line="", at=now)
    other.close()
    archive.close()
