"""The supervisor's view of the floor: who talks with whom, who waits, what presses."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from recordings import agents, ledger, users
from recordings.archive import Archive
from recordings.tables import Case
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from web.floor import pages
from web.session.idle import SEEN

ONE = NOON + timedelta(hours=1)


@pytest.fixture
def chen(archive: Archive, someone: Callable[[], Agent], monkeypatch: pytest.MonkeyPatch) -> Agent:
    """A supervisor, signed in; it is one in the afternoon."""
    monkeypatch.setattr(pages, "now", lambda: ONE)
    with archive.session() as s:
        users.add_user(s, name="chen", role="supervisor", password=PASSWORD, at=NOON)
    chen = someone()
    chen.signs_in("chen")
    return chen


@pytest.fixture
def seats(archive: Archive) -> None:
    """Li talks, Wang is ready, Zhao is at lunch."""
    with archive.session() as s:
        for name in ("wang", "zhao"):
            users.add_user(s, name=name, password=PASSWORD, at=NOON)
        for name, state, reason in (("zhao", "paused", "meal"), ("wang", "ready", ""), ("li", "ready", "")):
            agents.add_agent(s, name, NOON)
            agents.set_state(s, users.known_user(s, name).id, state, NOON + timedelta(minutes=30), reason)


def section(page: str, heading: str) -> str:
    """The words of a section of the page, as somebody reads them."""
    found = re.search(rf'aria-labelledby="{heading}">(.*?)</section>', page, re.DOTALL)
    assert found, heading
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def figure(page: str, heading: str) -> int:
    found = re.search(rf">{heading}<.*?<b[^>]*>(\d+)</b>", page, re.DOTALL)
    assert found, heading
    return int(found[1])


def file_rows(who: Agent) -> list[list[str]]:
    """The agents of the file, without its head."""
    return list(csv.reader(io.StringIO(who.client.get("/floor.csv").data.decode("utf-8-sig"))))[1:]


def talks(archive: Archive, call_id: str, name: str, at: datetime) -> None:
    with archive.session() as s:
        agents.case_of_call(s, call_id, users.known_user(s, name).id, "13800000000", at)


def test_who_talks_with_whom_since_when_and_who_is_free(
    chen: Agent, archive: Archive, exchange: Exchange, seats: None
) -> None:
    over = exchange.call("停电了", category="repair")
    talks(archive, over, "li", NOON)
    call = exchange.call(ended=False, caller="13911112222", at=ONE - timedelta(minutes=9))
    talks(archive, call, "li", ONE - timedelta(minutes=7))
    page = chen.sees("/floor")
    assert (figure(page, "正在和坐席通话"), figure(page, "空闲坐席"), figure(page, "正在排队")) == (1, 1, 0)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.partition("<tbody")[2], re.DOTALL)
    li, wang, zhao = (" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows)
    assert re.search(r"^li .*通话中.*13911112222.*12:53 7分 7 min 2$", li), li
    assert re.search(r"^wang .*可接听.*12:30 30分 30 min 0$", wang), wang
    assert re.search(r"^zhao .*暂停.*用餐.*0$", zhao), zhao
    assert f"/calls/{call}" in rows[0]
    assert "/floor.xlsx" in page
    of_li, of_wang, of_zhao = file_rows(chen)
    assert (of_li[0], of_li[2:]) == ("li", ["通话中", "13911112222", "2026-03-02 12:53", "2"])
    assert (of_wang[0], of_wang[2:]) == ("wang", ["可接听", "", "2026-03-02 12:30", "0"])
    assert of_zhao[2] == "暂停 用餐"


def test_who_waits_comes_in_the_order_of_answering_and_who_is_in_the_menu_apart(
    chen: Agent, archive: Archive, exchange: Exchange
) -> None:
    waits = [exchange.call(ended=False, caller=f"1390000000{n}", at=ONE - timedelta(minutes=n)) for n in (1, 2, 3)]
    exchange.call(ended=False, caller="13922223333", at=ONE - timedelta(seconds=65), flow="billing")
    with archive.session() as s:
        agents.joined(s, waits[0], ONE - timedelta(seconds=20), first=False)
        agents.joined(s, waits[1], ONE - timedelta(seconds=80), first=False)
        agents.joined(s, waits[2], ONE - timedelta(seconds=10), first=True)
    page = chen.sees("/floor")
    assert figure(page, "正在排队") == 3
    waiting = section(page, "waiting")
    assert waiting.index("13900000003") < waiting.index("13900000002") < waiting.index("13900000001")
    assert "优先" in waiting
    assert "1:20" in waiting
    menu = section(page, "in-menu")
    assert "13922223333" in menu
    assert "电费" in menu
    assert "1:05" in menu
    assert "1390000000" not in menu


def test_what_rang_half_a_day_ago_is_on_no_line_any_more(chen: Agent, archive: Archive) -> None:
    with archive.session() as s:
        for caller, hours in (("13911110011", 11), ("13911110013", 13)):
            at = ONE - timedelta(hours=hours)
            ledger.open_call(s, call_id=caller, channel_id=caller, node="a", caller=caller, line="95598", at=at)
    menu = section(chen.sees("/floor"), "in-menu")
    assert "13911110011" in menu
    assert "13911110013" not in menu


def test_a_call_that_is_over_is_no_longer_there(chen: Agent, archive: Archive, exchange: Exchange, seats: None) -> None:
    call = exchange.call(ended=False, caller="13911112222")
    talks(archive, call, "li", ONE)
    assert "13911112222" in chen.sees("/floor/now")
    with archive.session() as s:
        ledger.close_call(s, call, "spoken", ONE)
        agents.freed(s, users.known_user(s, "li").id, ONE)
    page = chen.sees("/floor/now")
    assert "13911112222" not in page
    assert "<html" not in page, "it is the live part alone"


def test_what_a_telephone_does_is_told_apart(chen: Agent, archive: Archive, exchange: Exchange, seats: None) -> None:
    call = exchange.call(ended=False)
    with archive.session() as s:
        agents.known_agent(s, "li").call_id = call
    assert "话机在响" in section(chen.sees("/floor"), "seats")
    talks(archive, call, "li", ONE)
    for kind, shown in (("agent-hold", "保持中"), ("agent-resume", "通话中"), ("agent-transfer", "正在转接")):
        with archive.session() as s:
            ledger.log_event(s, call, kind, ONE)
        assert shown in section(chen.sees("/floor"), "seats")


def test_promises_that_press_stand_there_with_their_time(chen: Agent, archive: Archive, exchange: Exchange) -> None:
    for minutes in (-5, 30, 300):
        call = exchange.call("停电了", category="repair")
        with archive.session() as s:
            case = s.scalars(select(Case).where(Case.call_id == call)).one()
            case.promised, case.promised_at = "arrival", ONE + timedelta(minutes=minutes)
    page = chen.sees("/floor")
    assert (figure(page, "超时还没做"), figure(page, "两小时内到期"), figure(page, "按时做到")) == (1, 1, 0)
    pressing = section(page, "pressing")
    assert pressing.startswith("要紧的承诺 Pressing promises")  # and not that all of them can still be kept
    assert "12:55" in pressing
    assert "13:30" in pressing
    assert "18:00" not in pressing


def test_a_supervisor_of_some_districts_sees_only_their_callers_and_all_agents(
    chen: Agent, archive: Archive, exchange: Exchange, seats: None
) -> None:
    theirs = exchange.call(ended=False, caller="13911112222")
    talks(archive, theirs, "li", ONE)
    with archive.session() as s:
        s.scalars(select(Case).where(Case.call_id == theirs)).one().district = "1"
        users.set_districts(s, "chen", ["2"], NOON)
    page = chen.sees("/floor")
    assert "13911112222" not in page
    assert "其他片区的来电" in page
    assert file_rows(chen)[0][3] == "其他片区的来电"
    assert figure(page, "正在和坐席通话") == 1


def test_an_agent_finds_no_such_page_and_an_open_page_keeps_nobody_signed_in(chen: Agent, agent: Agent) -> None:
    agent.sees("/floor", 404)
    agent.sees("/floor.csv", 404)
    assert "/floor" not in agent.sees("/calls")
    with chen.client.session_transaction() as session:
        session[SEEN] -= 29 * 60
        before = session[SEEN]
    chen.sees("/floor/now")
    with chen.client.session_transaction() as session:
        assert session[SEEN] == before
