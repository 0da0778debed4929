"""The audit is only ever added to, and whoever gets round that is found out, row by row."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from recordings.archive import Archive
from recordings.audit import FIRST, _is_as_written, verify
from recordings.tables import Audit


@pytest.fixture
def five(archive: Archive, now: datetime) -> Archive:
    """Five rows, in three transactions."""
    for count in (2, 1, 2):
        with archive.session() as s:
            s.add_all(Audit(at=now + timedelta(seconds=n), action="listened", target=f"录音{n}") for n in range(count))
    return archive


def tamper(tmp_path: Path, *statements: str) -> None:
    """What somebody with the file in hand can do: away with the triggers first."""
    with sqlite3.connect(tmp_path / "lianxin.db") as file:
        for trigger in ("audit_no_update", "audit_no_delete"):
            file.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            file.execute(statement)


def problem(archive: Archive) -> str:
    with archive.reading() as s:
        return verify(s).problem


def test_what_nobody_touched_is_whole(five: Archive) -> None:
    with five.reading() as s:
        proof = verify(s)
        rows = s.scalars(select(Audit).order_by(Audit.id)).all()
    assert (proof.whole, proof.rows, proof.head) == (True, 5, rows[-1].hash)
    assert len({row.hash for row in rows} | {FIRST}) == 6
    assert [row.id for row in rows] == [1, 2, 3, 4, 5]


def test_a_row_about_nobody_else_is_whole_also_as_it_was_sealed_before(archive: Archive, now: datetime) -> None:
    with archive.session() as s:
        s.add(Audit(at=now, action="password-changed"))
    with archive.reading() as s:
        assert verify(s).problem == ""
        row = s.scalars(select(Audit)).one()
        said = [1, "2026-03-01T12:00:00.000000+00:00", None, "password-changed", None, FIRST]
        earlier = sha256(json.dumps(said).encode()).hexdigest()
        s.expunge(row)
        row.at, row.hash = datetime(2026, 3, 1, 12, tzinfo=UTC), earlier
        assert _is_as_written(row, FIRST)
        row.action = "password-forgotten"
        assert not _is_as_written(row, FIRST)


def test_an_empty_audit_is_whole(archive: Archive) -> None:
    with archive.reading() as s:
        assert verify(s).whole


@pytest.mark.parametrize("change", ["UPDATE audit SET target = 'x' WHERE id = 2", "DELETE FROM audit WHERE id = 2"])
def test_the_database_refuses_to_change_or_remove_a_row(five: Archive, tmp_path: Path, change: str) -> None:
    with (
        sqlite3.connect(tmp_path / "lianxin.db") as file,
        pytest.raises(sqlite3.IntegrityError, match="only ever added"),
    ):
        file.execute(change)
    assert problem(five) == ""


def test_so_does_a_session(five: Archive) -> None:
    def change() -> None:
        with five.session() as s:
            s.get_one(Audit, 2).action = "nothing"

    with pytest.raises(IntegrityError, match="only ever added"):
        change()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit SET target = '别的' WHERE id = 3", "row 3 is not as it was written"),
        ("UPDATE audit SET user_id = NULL, action = 'viewed' WHERE id = 1", "row 1 is not as it was written"),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = 4", "row 4 is not as it was written"),
        ("DELETE FROM audit WHERE id = 3", "row 3 is missing"),
        ("DELETE FROM audit WHERE id = 1", "row 1 is missing"),
        ("DELETE FROM audit WHERE id > 3", "rows 4 to 5 are missing from the end"),
        ("DELETE FROM audit", "rows 1 to 5 are missing from the end"),
        (
            "INSERT INTO audit (id, at, action, target, hash) VALUES (6, '2026-03-01 00:00:00.000000', 'x', '', '')",
            "row 6 is not",
        ),
        ("UPDATE audit_head SET count = 4", "the note of the newest row"),
        ("DELETE FROM audit_head", "the note of the newest row is gone"),
    ],
)
def test_the_first_row_that_was_touched_is_named(five: Archive, tmp_path: Path, statement: str, said: str) -> None:
    tamper(tmp_path, statement)
    assert problem(five).startswith(said)


def test_two_rows_that_change_places_are_noticed(five: Archive, tmp_path: Path) -> None:
    tamper(
        tmp_path,
        "UPDATE audit SET id = 9 WHERE id = 2",
        "UPDATE audit SET id = 2 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 9",
    )
    assert problem(five).startswith("row 2 is not as it was written")


def test_what_is_undone_leaves_no_gap(five: Archive, now: datetime) -> None:
    def fail() -> None:
        with five.session() as s:
            s.add(Audit(at=now, action="viewed", target="x"))
            s.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with five.session() as s:
        s.add(Audit(at=now, action="viewed", target="y"))
    with five.reading() as s:
        assert (verify(s).rows, verify(s).problem) == (6, "")
