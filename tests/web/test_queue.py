"""The agents' desk: in the queue or not, who waits, and the call in hand."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from recordings import agents, ledger, users
from recordings.archive import Archive
from recordings.tables import Agent as Seat
from recordings.tables import Case, Wish
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from web.queue import pages
from web.session.idle import SEEN

ONE = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def one_oclock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one in the afternoon."""
    monkeypatch.setattr(pages, "now", lambda: ONE)


@pytest.fixture
def li(archive: Archive, agent: Agent) -> Agent:
    """Li, with the extension 801."""
    with archive.session() as s:
        agents.add_agent(s, "li", NOON)
    return agent


@pytest.fixture
def wang(archive: Archive, li: Agent) -> str:
    """Wang's extension; Wang is ready."""
    with archive.session() as s:
        user = users.add_user(s, name="wang", password=PASSWORD, at=NOON)
        extension = agents.add_agent(s, "wang", NOON).extension
        agents.set_state(s, user.id, agents.READY, NOON)
    return extension


@pytest.fixture
def talking(archive: Archive, exchange: Exchange, li: Agent) -> str:
    """A call that Li has answered; its id."""
    call_id = exchange.call(ended=False, at=ONE - timedelta(minutes=2))
    with archive.session() as s:
        user = users.known_user(s, "li")
        agents.set_state(s, user.id, agents.READY, NOON)
        agents.case_of_call(s, call_id, user.id, "13800000000", ONE - timedelta(minutes=1))
    return call_id


def seat(archive: Archive, name: str = "li") -> Seat:
    with archive.reading() as s:
        return agents.known_agent(s, name)


def wishes(archive: Archive) -> list[tuple[str, str]]:
    with archive.reading() as s:
        return [(wish.kind, wish.target) for wish in s.query(Wish).order_by(Wish.id)]


def happens(archive: Archive, call_id: str, kind: str, at: datetime = ONE) -> None:
    with archive.session() as s:
        ledger.log_event(s, call_id, kind, at)


def test_an_agent_signs_in_pauses_with_a_reason_comes_back_and_signs_out(li: Agent, archive: Archive) -> None:
    assert "未签入" in li.sees("/queue")
    page = li.sends("/queue/presence", "/queue", state="ready").text
    assert "您已签入" in page
    assert (seat(archive).state, seat(archive).free_since) == ("ready", ONE)
    page = li.sends("/queue/presence", "/queue", state="paused", reason="meal").text
    assert (seat(archive).state, seat(archive).reason) == ("paused", "meal")
    assert "用餐" in page
    assert "回来接听" in page
    li.sends("/queue/presence", "/queue", state="ready")
    assert (seat(archive).state, seat(archive).reason) == ("ready", "")
    li.sends("/queue/presence", "/queue", state="away")
    assert seat(archive).state == "away"


def test_a_pause_wants_a_reason_that_there_is(li: Agent, archive: Archive) -> None:
    assert li.sends("/queue/presence", "/queue", state="paused", reason="weather").status_code == 400
    assert li.sends("/queue/presence", "/queue", state="asleep").status_code == 400
    assert seat(archive).state == "away"


def test_whoever_has_no_telephone_is_told_how_to_get_one_and_sees_the_queue(agent: Agent) -> None:
    page = agent.sees("/queue")
    assert "lianxin agent add" in page
    assert "be-ready" not in page
    assert "没有人在等" in page


def test_who_waits_is_shown_in_the_order_of_their_turn_with_how_long(
    li: Agent, archive: Archive, exchange: Exchange
) -> None:
    for minutes, first, caller in ((3, False, "13900000001"), (1, True, "13900000002"), (2, False, "")):
        call_id = exchange.call(ended=False, caller=caller)
        with archive.session() as s:
            agents.joined(s, call_id, ONE - timedelta(minutes=minutes), first=first)
    page = li.sees("/queue")
    assert "<b>3</b>" in page
    waiting = page[page.index('id="waiting"') : page.index('id="others"')]
    assert re.findall(r"13900000002|13900000001|号码未显示", waiting) == ["13900000002", "13900000001", "号码未显示"]
    assert re.findall(r'class="waited">([^<]+)<', waiting) == ["1:00", "3:00", "2:00"]
    assert waiting.count("优先") == 1


def test_a_call_that_rings_is_announced_and_has_no_buttons_yet(li: Agent, archive: Archive, exchange: Exchange) -> None:
    call_id = exchange.call(ended=False)
    with archive.session() as s:
        s.get_one(Seat, users.known_user(s, "li").id).call_id = call_id
    page = li.sees("/queue")
    assert "有来电，请接听" in page
    assert "13800000000" in page
    assert "wish-hold" not in page


def test_the_call_in_hand_is_held_resumed_and_hung_up(li: Agent, archive: Archive, talking: str) -> None:
    page = li.sees("/queue")
    assert "正在通话" in page
    assert "wish-resume" not in page
    li.sends("/queue/wish", "/queue", kind="hold")
    happens(archive, talking, "agent-hold")
    page = li.sees("/queue")
    assert "来电人在听音乐等候" in page
    assert "wish-resume" in page
    li.sends("/queue/wish", "/queue", kind="resume")
    happens(archive, talking, "agent-resume")
    assert "wish-hold" in li.sees("/queue")
    li.sends("/queue/wish", "/queue", kind="hang-up")
    assert wishes(archive) == [("hold", ""), ("resume", ""), ("hang-up", "")]


def test_a_call_is_passed_on_to_a_colleague_who_is_free_and_to_nobody_else(
    li: Agent, archive: Archive, talking: str, wang: str
) -> None:
    assert f'<option value="{wang}">wang {wang}</option>' in li.sees("/queue")
    li.sends("/queue/wish", "/queue", kind="transfer", target=wang)
    assert wishes(archive) == [("transfer", wang)]
    happens(archive, talking, "agent-transfer")
    assert "正在转接" in li.sees("/queue")
    happens(archive, talking, "agent-not-free")
    assert "正在通话" in li.sees("/queue")
    with archive.session() as s:
        agents.set_state(s, users.known_user(s, "wang").id, agents.PAUSED, ONE, "meal")
    page = li.sees("/queue")
    assert "<option" in page, "reasons for a pause"
    assert "现在没有别的坐席有空" in page
    li.sends("/queue/wish", "/queue", kind="transfer", target="")
    assert wishes(archive) == [("transfer", wang)]


def test_a_wish_for_a_call_that_has_just_ended_is_told_so(li: Agent, archive: Archive, talking: str) -> None:
    with archive.session() as s:
        agents.freed(s, users.known_user(s, "li").id, ONE + timedelta(seconds=9))
    assert "已经结束了" in li.sends("/queue/wish", "/queue", kind="hold").text
    assert wishes(archive) == []
    assert "整理时间" in li.sees("/queue")
    assert li.sends("/queue/wish", "/queue", kind="shout").status_code == 400


def test_the_live_part_is_the_same_without_the_page_around_it(li: Agent, wang: str) -> None:
    part, page = li.sees("/queue/now"), li.sees("/queue")
    assert "<html" not in part
    assert 'id="be-ready"' in part
    assert "wang" in part
    assert re.sub(r'value="[^"]{40,}"', "", part).strip() in re.sub(r'value="[^"]{40,}"', "", page)


def test_nobody_sees_the_queue_without_signing_in(someone: Callable[[], Agent]) -> None:
    for address in ("/queue", "/queue/now"):
        assert "/sign-in" in someone().client.get(address).headers["Location"]


def test_a_desk_that_is_left_alone_is_signed_out_although_it_renews_itself(li: Agent) -> None:
    with li.client.session_transaction() as session:
        session[SEEN] -= 29 * 60
        left = session[SEEN]
    li.sees("/queue/now")
    with li.client.session_transaction() as session:
        assert session[SEEN] == left
        session[SEEN] -= 2 * 60
    assert li.client.get("/queue/now").status_code == 302


def test_who_works_for_some_districts_has_a_telephone_too_whomever_it_rings_for(
    li: Agent, archive: Archive, wang: str, talking: str
) -> None:
    with archive.session() as s:
        users.set_districts(s, "li", ["2"], NOON)
        s.scalars(select(Case).where(Case.call_id == talking)).one().district = "1"
    page = li.sees("/queue")
    assert "您没有分机" not in page
    assert wang in page, "colleagues are there, too"
    assert "正在通话" in page
    assert "13800000000" not in page, "the call is of a district that is not Li's"
    assert "正在挂断" in li.sends("/queue/wish", "/queue", kind="hang-up").text
    assert "已暂停" in li.sends("/queue/presence", "/queue", state="paused", reason="meal").text
