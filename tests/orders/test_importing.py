"""`lianxin customers import`: what is right is taken, what is wrong is told with its line, twice changes nothing."""

import csv
import os
import subprocess
import sys

import pytest

from orders.customers import accounts_of_phone, find_account
from recordings.archive import Archive
from recordings.tables import Customer

HEADING = "户号,户名,电话,片区,地址,余额,上期电费,缴费截止日,阶梯"
GOOD = "3300000012,张三,13800009999;0571-88880000,乡镇,解放路 8 号,-12.05,88.30,2031-03-21,2"


@pytest.fixture
def office(tmp_path):
    """A folder with a database; runs the command in it."""
    (tmp_path / "var").mkdir()
    Archive.open(f"sqlite:///{tmp_path}/var/lianxin.db", str(tmp_path / "var" / "archive")).close()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "lianxin", *arguments],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, env={**os.environ, "COLUMNS": "200"},
        )  # fmt: skip

    return run


@pytest.fixture
def books(tmp_path, office):
    archive = Archive.open(f"sqlite:///{tmp_path}/var/lianxin.db", str(tmp_path / "var" / "archive"))
    yield archive
    archive.close()


def write(tmp_path, *rows: str, encoding: str = "utf-8") -> str:
    (tmp_path / "bills.csv").write_bytes("\r\n".join([HEADING, *rows, ""]).encode(encoding))
    return "bills.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_file_is_taken_in_whatever_office_program_wrote_it(office, books, tmp_path, encoding):
    ran = office("customers", "import", write(tmp_path, GOOD, encoding=encoding))
    assert (ran.returncode, ran.stdout) == (0, "1 added, 0 changed, 0 unchanged, 0 faulty.\n"), ran.stderr
    with books.reading() as s:
        found = find_account(s, "3300000012")
        assert (found.balance, found.last_bill, found.district, found.price_step) == (-1205, 8830, "2", 2)
        assert s.get(Customer, "3300000012").name == "张三"
        assert len(accounts_of_phone(s, "057188880000")) == 1


def test_the_same_file_twice_changes_nothing_and_another_one_brings_up_to_date(office, books, tmp_path):
    write(tmp_path, GOOD)
    office("customers", "import", "bills.csv")
    assert office("customers", "import", "bills.csv").stdout == "0 added, 0 changed, 1 unchanged, 0 faulty.\n"
    write(tmp_path, GOOD.replace("-12.05", "100").replace("13800009999;", ""))
    assert office("customers", "import", "bills.csv").stdout == "0 added, 1 changed, 0 unchanged, 0 faulty.\n"
    with books.reading() as s:
        assert find_account(s, "3300000012").balance == 10000
        assert not accounts_of_phone(s, "13800009999"), "a telephone that was given up recognises nobody"


def test_a_dry_run_tells_and_writes_nothing(office, books, tmp_path):
    ran = office("customers", "import", write(tmp_path, GOOD), "--dry-run")
    assert ran.stdout == "Nothing was written. Would be: 1 added, 0 changed, 0 unchanged, 0 faulty.\n"
    with books.reading() as s:
        assert find_account(s, "3300000012") is None


def test_faulty_rows_are_told_with_their_lines_and_the_others_are_taken(office, books, tmp_path):
    bad = {
        3: GOOD.replace("3300000012", "33"),
        4: GOOD,
        5: GOOD.replace("3300000012", "3300000013").replace("-12.05", "much"),
        6: GOOD.replace("3300000012", "3300000014").replace("2031-03-21", "2031-02-30"),
        7: GOOD.replace("3300000012", "3300000015").replace("乡镇", "月亮"),
        8: GOOD.replace("3300000012", "3300000016").replace(",2\n", ",9")[:-1] + "9",
        9: GOOD.replace("3300000012", "3300000017").replace("-12.05", ""),
    }
    ran = office("customers", "import", write(tmp_path, GOOD, *bad.values()), "--report", "faults.csv")
    assert ran.returncode == 1
    assert ran.stdout == "1 added, 0 changed, 0 unchanged, 7 faulty.\n"
    with (tmp_path / "faults.csv").open(encoding="utf-8-sig") as opened:
        faults = {int(row["line"]): row["fault"] for row in csv.DictReader(opened)}
    assert list(faults) == list(bad)
    named = ("10 digits", "line 2 already", "'much'", "2031-02-30", "月亮", "price step", "balance is missing")
    for fault, part in zip(faults.values(), named, strict=True):
        assert part in fault
    assert "bills.csv, line 3: " in ran.stderr


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "no column number"),
        ("户号,户名\n1,2\n".encode(), "no column balance"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "no text file"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(office, tmp_path, content, named):
    if content is not None:
        (tmp_path / "bills.csv").write_bytes(content)
    ran = office("customers", "import", "bills.csv")
    assert ran.returncode == 2
    assert named in ran.stderr
    assert ran.stderr.count("\n") == 1
