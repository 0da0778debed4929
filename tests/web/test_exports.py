"""Lists as files: what a spreadsheet shows is what was said, and who took it away is written down."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from recordings import users
from recordings.tables import Audit
from tests.web.conftest import NOON
from web.calls import exporting
from web.table_file import Kind, defused, table_file


@pytest.fixture
def supervisor(agent, archive):
    """Li, promoted."""
    with archive.session() as s:
        users.known_user(s, "li").role = "supervisor"
    return agent


def read_csv(answer) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_filtered_list_comes_as_csv(supervisor, exchange) -> None:
    call = exchange.call("家里停电了", "我在东湖", category="repair", urgency="urgent", caller="13911112222")
    exchange.call("电费太高了", category="billing")
    head, *rows = read_csv(supervisor.client.get("/calls/export.csv?category=repair&q=停电"))
    assert head[:3] == ["时间", "分类", "紧急"]
    said = ["家里停电了，我在东湖", "13911112222", "100001", "75", "已转写", call]
    assert rows == [["2026-03-02 12:01:00", "报修", "紧急", *said]]


def test_the_file_is_named_by_the_time_of_the_utility(supervisor, exchange, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "now", lambda: NOON + timedelta(hours=5))
    named = supervisor.client.get("/calls/export.csv").headers["Content-Disposition"]
    assert named == 'attachment; filename="calls-20260302-170000.csv"'


@pytest.mark.parametrize("said", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_is_text(said) -> None:
    assert table_file(Kind.CSV, ["a"], [[said]]).decode("utf-8-sig").splitlines()[1].strip('"').startswith("'")
    sheet = zipfile.ZipFile(io.BytesIO(table_file(Kind.XLSX, ["a"], [[said]])))
    assert b"<f>" not in sheet.read("xl/worksheets/sheet1.xml")
    assert said.strip().encode() in sheet.read("xl/sharedStrings.xml")


def test_numbers_and_ordinary_words_stay_as_they_are() -> None:
    assert [defused(cell) for cell in (12, "停电", None, "")] == [12, "停电", None, ""]


def test_the_workbook_holds_the_same(supervisor, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    answer = supervisor.client.get("/calls/export.xlsx")
    assert "家里停电了".encode() in zipfile.ZipFile(io.BytesIO(answer.data)).read("xl/sharedStrings.xml")


def test_it_is_written_down_without_the_words_that_were_searched_for(supervisor, exchange, archive) -> None:
    exchange.call("家里停电了", category="repair")
    supervisor.client.get("/calls/export.csv?q=停电&category=repair")
    with archive.reading() as s:
        row = s.scalars(select(Audit).where(Audit.action == "exported")).one()
    assert row.target == "1 calls as csv category=repair searched"


def test_an_agent_takes_nothing_away_and_no_link_is_shown(agent, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    assert agent.client.get("/calls/export.csv").status_code == 404
    assert "export.csv" not in agent.sees("/calls")


def test_the_page_leads_to_the_file_with_its_filters(supervisor, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    assert 'href="/calls/export.csv?category=repair"' in supervisor.sees("/calls?category=repair")


def test_a_file_has_an_end_and_another_kind_is_refused(supervisor, exchange, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "MOST", 1)
    exchange.call("一", category="repair")
    newest = exchange.call("二", category="repair")
    assert [row[-1] for row in read_csv(supervisor.client.get("/calls/export.csv"))[1:]] == [newest]
    assert supervisor.client.get("/calls/export.exe").status_code == 400
