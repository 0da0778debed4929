"""`lianxin purge`, as the person at the terminal sees it."""

from datetime import UTC, datetime, timedelta

from recordings import ledger, users
from recordings.amendments import amend_terms
from recordings.archive import Archive
from recordings.retention import Terms


def test_it_says_what_would_go_and_what_went(lianxin):
    assert lianxin("user", "add", "li", "--generate").returncode == 0
    ran = lianxin("purge", "--dry-run")
    assert (ran.returncode, ran.stdout) == (
        0, "0 calls have been kept for long enough and would go; without --dry-run they do.\n",
    )  # fmt: skip
    assert lianxin("purge").stdout.strip().endswith("0 calls and 0 files are removed.")


def test_there_must_be_a_database(refused):
    assert "lianxin.db" in refused("purge")


def test_a_category_that_there_is_not_is_named(refused):
    line = refused("purge", RETENTION__DAYS_BY_CATEGORY='{"complaints": 730}')
    assert "complaints" in line
    assert "complaint," in line


def test_terms_of_the_console_hold_before_those_of_the_settings(lianxin, tmp_path):
    assert lianxin("user", "add", "li", "--generate").returncode == 0
    ended = datetime.now(UTC) - timedelta(days=100)
    archive = Archive.open(f"sqlite:///{tmp_path}/var/lianxin.db", str(tmp_path / "var" / "archive"))
    with archive.session() as s:
        ledger.open_call(s, call_id="c", channel_id="c", node="main", caller="", line="95598", at=ended)
        ledger.close_call(s, "c", "reported", ended)
    assert lianxin("purge", "--dry-run").stdout.startswith("0 calls")
    with archive.session() as s:
        li = users.known_user(s, "li").id
        amend_terms(s, Terms(90, {}), reason="the data office", user_id=li, at=datetime.now(UTC))
    archive.close()
    assert lianxin("purge", "--dry-run").stdout.startswith("1 calls")
