"""`lianxin account`, as the person at the terminal sees it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from recordings import ledger
from recordings.archive import Archive
from recordings.intake import take_in

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def lianxin(tmp_path: Path) -> Run:
    """Runs the command on the var folder of this test."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "LIANXIN_VAR": str(tmp_path),
            "LIANXIN_SETTINGS": os.devnull,
            "COLUMNS": "200",
        }
        return subprocess.run(
            [sys.executable, "-m", "lianxin", *arguments], env=environment, capture_output=True, text=True, timeout=60
        )

    return run


def test_books_that_add_up(archive: Archive, recording: str, spool: Callable[..., Path], lianxin: Run) -> None:
    take_in(archive, recording, spool(1.0, stated=0), datetime.now(UTC))
    said = lianxin("account")
    assert said.returncode == 0, said.stderr
    assert "1 × stored: mended in the store: its header was left unfinished" in said.stdout
    assert "It adds up." in said.stdout
    told = json.loads(lianxin("account", "--json").stdout)
    assert told == {
        "requested": 1,
        "stored": 1,
        "absent": 0,
        "failed": 0,
        "in_progress": 0,
        "reasons": [{"state": "stored", "reason": "mended in the store: its header was left unfinished", "count": 1}],
        "problems": [],
        "adds_up": True,
    }


def test_books_that_do_not_add_up_say_so_in_words_and_in_the_exit_code(recording: str, lianxin: Run) -> None:
    said = lianxin("account")
    assert said.returncode == 1, said.stderr
    assert "nobody works on it; start the controller of node main" in " ".join(said.stdout.split())
    assert "It does not add up." in said.stdout
    in_json = lianxin("account", "--json")
    assert (in_json.returncode, json.loads(in_json.stdout)["adds_up"]) == (1, False)


def test_a_call_that_is_on_is_in_progress(archive: Archive, recording: str, lianxin: Run) -> None:
    with archive.session() as s:
        ledger.beat(s, "controller:main", datetime.now(UTC))
    assert json.loads(lianxin("account", "--json").stdout)["in_progress"] == 1


def test_no_database_is_one_line_and_exit_code_2_and_none_is_made(tmp_path: Path, lianxin: Run) -> None:
    said = lianxin("account")
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert f"there is no database {tmp_path / 'lianxin.db'}; start the hotline once" in said.stderr
    assert not (tmp_path / "lianxin.db").exists()


def test_a_newer_database_is_one_line_and_exit_code_2(archive: Archive, lianxin: Run) -> None:
    with archive.session() as s:
        s.execute(text("UPDATE alembic_version SET version_num = '0999_later'"))
    said = lianxin("account")
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert "was made by a newer Lianxin (schema 0999_later); update this one" in said.stderr
