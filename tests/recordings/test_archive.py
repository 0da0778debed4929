"""Opening the archive: first start, many at once, an older and a newer database, and none at all."""

import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from recordings import ledger, migrations
from recordings.archive import Archive
from recordings.errors import DatabaseMissing, DatabaseTooNew, DatabaseUnreachable, StoreUnreachable
from recordings.tables import Call, Leg

HEADS = ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads()
OPEN = """
import sys, time
from recordings.archive import Archive
while time.time() < float(sys.argv[3]):
    pass
Archive.open(sys.argv[1], sys.argv[2]).close()
"""


def test_processes_that_start_at_once_on_an_empty_folder_all_come_up(tmp_path: Path) -> None:
    import time

    together = str(time.time() + 2.0)
    url, store = f"sqlite:///{tmp_path}/new/lianxin.db", str(tmp_path / "archive")
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, url, store, together], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    with Archive.open(url, store).reading() as s:
        assert s.scalars(text("SELECT version_num FROM alembic_version")).all() == HEADS


def test_a_database_of_a_newer_version_is_left_alone(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "lianxin.db"
    with archive.session() as s:
        s.execute(text("UPDATE alembic_version SET version_num = '0999_from_the_future'"))
    with pytest.raises(DatabaseTooNew, match=r"lianxin\.db .*0999_from_the_future.*update") as refused:
        Archive.open(f"sqlite:///{file}", str(tmp_path / "archive"))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lianxin.db"
    file.write_text("this is a letter to the utility, and no database at all\n" * 40)
    with pytest.raises(DatabaseUnreachable, match=r"lianxin\.db.*not a database"):
        Archive.open(f"sqlite:///{file}", str(tmp_path / "archive"))
    assert file.read_text().startswith("this is a letter")


def test_a_missing_database_is_not_made_when_nobody_asked_for_one(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match=r"there is no database .*lianxin\.db; start"):
        Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"), create=False)
    assert not (tmp_path / "lianxin.db").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("not a url", "no database URL"),
        ("postgresql+nosuchdriver://ann:secret@db/x", "install its driver"),
        ("sqlite://", "in memory"),
        ("sqlite:////proc/lianxin/x.db", "check the setting `database`"),
    ],
)
def test_a_wrong_database_setting_gets_one_line_without_the_password(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable, match=said) as refused:
        Archive.open(url, str(tmp_path / "archive"))
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("url", ["nosuchscheme://bucket/x", "/proc/lianxin/archive"])
def test_a_wrong_store_setting_gets_one_line(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable, match="audio store"):
        Archive.open(f"sqlite:///{tmp_path}/lianxin.db", url)


def test_what_a_session_raises_leaves_nothing_behind(archive: Archive, now: datetime) -> None:
    def write_and_fail() -> None:
        with archive.session() as s:
            ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="", line="", at=now)
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    with archive.reading() as s:
        assert s.get(Call, "c") is None


def test_a_reading_session_cannot_write(archive: Archive, now: datetime) -> None:
    def write_while_reading() -> None:
        with archive.reading() as s:
            ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="", line="", at=now)

    with pytest.raises(DatabaseUnreachable, match="readonly"):
        write_while_reading()
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="ch", node="main", caller="", line="", at=now)


def test_a_leg_without_its_call_is_refused(archive: Archive) -> None:
    def write() -> None:
        with archive.session() as s:
            s.add(Leg(call_id="nobody", side="caller"))

    with pytest.raises(IntegrityError):
        write()


def test_a_database_that_goes_away_is_said_so(archive: Archive, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "lianxin.db") as other:
        other.execute("DROP TABLE legs")

    def look() -> None:
        with archive.reading() as s:
            s.scalars(text("SELECT id FROM legs")).all()

    with pytest.raises(DatabaseUnreachable, match="no such table: legs"):
        look()
