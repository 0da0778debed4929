"""A day counted by two things at once, its promises, and its tables as files."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from orders.cases import move_case
from orders.districts import set_district
from orders.states import CaseState
from recordings import users
from recordings.archive import Archive
from recordings.tables import Audit, Case
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from web.reports import pages
from web.reports.tables import TABLES

TWO = NOON + timedelta(hours=2)


@pytest.fixture
def chen(archive: Archive, someone: Callable[[], Agent], monkeypatch: pytest.MonkeyPatch) -> Agent:
    """A supervisor at two in the afternoon; there are two districts."""
    with archive.session() as s:
        users.add_user(s, name="chen", role="supervisor", password=PASSWORD, at=NOON)
        set_district(s, key="1", name="城区", area="urban")
        set_district(s, key="2", name="=山区", area="remote")
    chen = someone()
    chen.signs_in("chen")
    monkeypatch.setattr(pages, "now", lambda: TWO)
    return chen


@pytest.fixture
def told(archive: Archive, exchange: Exchange) -> Callable[..., int]:
    """A call about a category from a district; the number of its case, with what was promised."""

    def call(category: str, district: str = "", *, due: int | None = None, minutes: int = 5, **more: Any) -> int:
        call_id = exchange.call("停电了", category=category, at=NOON + timedelta(minutes=minutes), **more)
        with archive.session() as s:
            case = s.scalars(select(Case).where(Case.call_id == call_id)).one()
            case.district = district
            if due is not None:
                case.promised, case.promised_at = "arrival", TWO + timedelta(minutes=due)
            return case.number

    return call


def table(chen: Agent, name: str, day: str = "2026-03-02") -> list[list[str]]:
    answer = chen.client.get(f"/reports/{name}.csv?day={day}")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_categories_stand_beside_districts_and_hours(chen: Agent, told: Callable[..., int]) -> None:
    told("repair", "1")
    told("repair", "1", minutes=70)
    told("billing", "2")
    told("repair")
    assert table(chen, "category-districts") == [
        ["片区", "报修", "电费"],
        ["城区", "2", "0"],
        ["'=山区", "0", "1"],
        ["片区不明", "1", "0"],
    ]
    head, *hours = table(chen, "category-hours")
    assert head == ["几点", "报修", "电费"]
    assert len(hours) == 24
    assert (hours[12], hours[13], hours[0]) == (["12", "2", "1"], ["13", "1", "0"], ["0", "0", "0"])
    assert table(chen, "district-hours")[13] == ["12", "1", "1", "1"]
    page = chen.sees("/reports")
    assert page.count("data-stacked") == 3


def test_a_promise_is_kept_late_broken_soon_or_ahead(chen: Agent, told: Callable[..., int], archive: Archive) -> None:
    kept, late = told("repair", "1", due=-30), told("repair", "1", due=-60)
    broken, soon, ahead = told("repair", "1", due=-1), told("repair", "2", due=119), told("repair", due=121)
    tomorrow = told("repair", "1", due=10 * 60)
    with archive.session() as s:
        for number, before in ((kept, 40), (late, 10)):
            for state, at in ((CaseState.DISPATCHED, 100), (CaseState.ARRIVED, before), (CaseState.RESTORED, 1)):
                move_case(s, number, state, TWO - timedelta(minutes=at))
        move_case(s, broken, CaseState.DISPATCHED, TWO - timedelta(minutes=90))
    rows = {int(row[0]): row[-1] for row in table(chen, "promises")[1:]}
    assert rows == {
        kept: "按时做到", late: "做到但晚了", broken: "超时还没做", soon: "两小时内到期", ahead: "还没到时间"
    }  # fmt: skip
    assert tomorrow not in rows
    page = chen.sees("/reports").partition('aria-labelledby="promises-head"')[2].partition("</section>")[0]
    assert "<span>城区</span></th><td>1</td><td>1</td><td>1</td><td>0</td><td>0</td>" in page
    assert str(broken) in page
    assert str(soon) in page
    assert str(kept) not in page, "nothing is left to do about it"


def test_a_promise_that_was_kept_stays_kept_when_the_case_is_taken_up_anew(
    chen: Agent, told: Callable[..., int], archive: Archive
) -> None:
    number = told("repair", due=-30)
    with archive.session() as s:
        for state, at in ((CaseState.DONE, 60), (CaseState.OPEN, 5)):
            move_case(s, number, state, TWO - timedelta(minutes=at))
    assert table(chen, "promises")[1][-1] == "按时做到"


def test_every_table_comes_as_csv_and_xlsx_and_is_written_down(
    chen: Agent, told: Callable[..., int], archive: Archive
) -> None:
    told("repair", "1", due=-1, caller="13911110000")
    told("repair", "1", caller="13911110000")
    page = chen.sees("/reports")
    for name in TABLES:
        assert len(table(chen, name)) >= (1 if name == "rising" else 2), name
        answer = chen.client.get(f"/reports/{name}.xlsx")
        assert zipfile.ZipFile(io.BytesIO(answer.data)).testzip() is None
        assert f'filename="{name}-2026-03-02.xlsx"' in answer.headers["Content-Disposition"]
        assert f"/reports/{name}.csv" in page
    with archive.reading() as s:
        taken = s.scalars(select(Audit.target).where(Audit.action == "exported").order_by(Audit.id)).all()
    assert taken == [f"{name} of 2026-03-02 as {kind}" for name in TABLES for kind in ("csv", "xlsx")]


def test_a_table_or_a_kind_of_file_that_there_is_not_is_refused(chen: Agent) -> None:
    chen.sees("/reports/secrets.csv", 404)
    chen.sees("/reports/hours.exe", 400)
    chen.sees("/reports/hours.csv?day=never", 400)


def test_calls_of_other_districts_are_in_no_table(chen: Agent, told: Callable[..., int], archive: Archive) -> None:
    told("repair", "1", due=-1)
    told("billing", "2", due=-1)
    with archive.session() as s:
        users.set_districts(s, "chen", ["2"], NOON)
    assert table(chen, "category-districts") == [["片区", "电费"], ["'=山区", "1"]]
    assert len(table(chen, "promises")) == 2
