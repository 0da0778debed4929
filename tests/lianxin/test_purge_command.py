"""`lianxin purge`, as the person at the terminal sees it."""


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
