"""The desk of cases: what presses most comes first, and two people do not undo each other."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from orders.cases import describe_case
from orders.commitments import Promised
from recordings import users
from recordings.archive import Archive
from recordings.tables import Case
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from tests.web.reading import english
from web.cases import pages

Promise = Callable[..., int]


@pytest.fixture(autouse=True)
def one_oclock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one in the afternoon."""
    monkeypatch.setattr(pages, "now", lambda: NOON + timedelta(hours=1))


@pytest.fixture
def promised(exchange: Exchange, archive: Archive) -> Promise:
    """A case whose caller was promised a crew so many minutes from now; its number."""

    def make(minutes: int | None, *, urgent: bool = False, **call: str) -> int:
        call_id = exchange.call("停电了", category="repair", **call)
        with archive.session() as s:
            number = s.query(Case).filter(Case.call_id == call_id).one().number
            at = NOON + timedelta(hours=1, minutes=minutes) if minutes is not None else None
            describe_case(
                s,
                number,
                contact="13800000000",
                urgent=urgent,
                promised=Promised.ARRIVAL if at else None,
                promised_at=at,
            )
        return number

    return make


@pytest.fixture
def wang(archive: Archive, someone: Callable[[], Agent]) -> Agent:
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang = someone()
    wang.signs_in("wang")
    return wang


def numbers(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<li id="case-(\d+)"', page)]


def test_what_presses_most_comes_first(agent: Agent, promised: Promise) -> None:
    none, later, over, danger = promised(None), promised(40), promised(-20), promised(50, urgent=True)
    told = promised(60, urgency="urgent")
    page = agent.sees("/cases")
    assert numbers(page) == [danger, told, over, later, none]
    assert "还有 40分" in page
    assert "已超 20分" in page
    assert "工单上没有时限" in page


def test_times_are_said_in_the_language_of_their_sentence(agent: Agent, promised: Promise) -> None:
    promised(-20)
    promised(125)
    page = agent.sees("/cases")
    assert "答应 3月2日 12:40 前到场" in page
    assert {"已超 20分", "还有 2小时05分"} <= set(re.findall(r"<b><span class=\"zh\">(.*?)</span>", page))
    assert {"On site by 2 Mar 12:40", "20 min over", "2 h 05 min left"} <= set(english(page))
    assert "On site by 2 Mar 12:40" in english(agent.sees("/calls/call0001"))


def test_the_tabs_count_what_is_in_them(agent: Agent, promised: Promise) -> None:
    promised(-1)
    promised(5)
    page = agent.sees("/cases?view=overdue")
    counts = dict(re.findall(r'class="is-([a-z-]+)"[^>]*>.*?<b>(\d+)</b>', page))
    assert counts == {"waiting": "2", "mine": "0", "overdue": "1", "to-ask": "0"}
    assert len(numbers(page)) == 1


def test_a_case_goes_through_its_life_by_one_click_a_step(agent: Agent, promised: Promise) -> None:
    number = promised(30)
    for state, says in (("dispatched", "已派出"), ("arrived", "已到场"), ("restored", "已复电")):
        assert says in agent.sends(f"/cases/{number}/move", "/cases", state=state).text
    assert numbers(agent.sees("/cases")) == []
    assert numbers(agent.sees("/cases?view=to-ask")) == [number]
    agent.sends(f"/cases/{number}/move?view=to-ask", "/cases?view=to-ask", state="closed")
    assert numbers(agent.sees("/cases?view=to-ask")) == []
    assert numbers(agent.sees("/cases?view=all")) == [number]


def test_who_arrived_in_time_is_not_overdue_any_more(agent: Agent, promised: Promise) -> None:
    number = promised(-5)
    assert numbers(agent.sees("/cases?view=overdue")) == [number]
    agent.sends(f"/cases/{number}/move", "/cases", state="dispatched")
    agent.sends(f"/cases/{number}/move", "/cases", state="arrived")
    page = agent.sees("/cases?view=waiting")
    assert numbers(page) == [number]
    assert "已超" not in page
    assert numbers(agent.sees("/cases?view=overdue")) == []


def test_the_second_of_two_movers_sees_what_the_first_did(agent: Agent, wang: Agent, promised: Promise) -> None:
    number = promised(30)
    agent.sends(f"/cases/{number}/move", "/cases", state="dispatched")
    told = wang.sends(f"/cases/{number}/move", "/cases", state="dispatched").text
    assert "已经不在那一步了" in told
    assert "已派出" in told


def test_the_first_who_takes_a_case_owns_it(agent: Agent, wang: Agent, promised: Promise) -> None:
    number = promised(30)
    assert "由您负责" in agent.sends(f"/cases/{number}/take", "/cases").text
    assert "已由li负责" in wang.sends(f"/cases/{number}/take", "/cases?view=all").text
    assert numbers(agent.sees("/cases?view=mine")) == [number]
    assert numbers(wang.sees("/cases?view=mine")) == []
    assert "由您负责" in agent.sends(f"/cases/{number}/take", "/cases").text, "sent twice it is still one's own"


def test_the_page_of_the_call_tells_who_moved_its_case(agent: Agent, promised: Promise, archive: Archive) -> None:
    number = promised(30)
    agent.sends(f"/cases/{number}/take", "/cases")
    agent.sends(f"/cases/{number}/move", "/cases", state="dispatched")
    with archive.reading() as s:
        call_id = s.get_one(Case, number).call_id
    page = agent.sees(f"/calls/{call_id}")
    assert "工单有人负责" in page
    assert "工单状态改为" in page


def test_what_an_agent_promised_is_written_down_once_and_counts(
    agent: Agent, promised: Promise, archive: Archive
) -> None:
    number, told = promised(None), {"what": "contact", "by": "2026-03-02T13:30"}
    page = agent.sends(f"/cases/{number}/promise", "/cases", **told).text
    assert f"{number} 已登记：答应 3月2日 13:30 前回电" in page
    assert "还有 30分" in page
    assert "登记答应的时限" not in page.partition('<ol class="cases">')[2]
    again = agent.sends(f"/cases/{number}/promise", "/cases", what="arrival", by="2026-03-02T18:00").text
    assert "没有登记" in again
    assert "还有 30分" in again, "a promise is not moved"
    with archive.reading() as s:
        call_id = s.get_one(Case, number).call_id
    assert "登记答应的时限" in agent.sees(f"/calls/{call_id}").partition('class="events"')[2]


@pytest.mark.parametrize(
    ("what", "by"),
    [("contact", "2026-03-02T12:30"), ("contact", "2027-03-02T12:30"), ("contact", "tomorrow"), ("contact", ""),
     ("money", "2026-03-02T18:00"), ("contact", "9999-12-31T23:59")],
)  # fmt: skip
def test_what_cannot_be_promised_is_said_and_nothing_changes(
    agent: Agent, promised: Promise, what: str, by: str
) -> None:
    number = promised(None)
    page = agent.sends(f"/cases/{number}/promise", "/cases", what=what, by=by).text
    assert f"{number} 没有登记" in page
    assert "工单上没有时限" in page


def test_what_is_done_takes_no_promise(agent: Agent, promised: Promise) -> None:
    number = promised(None)
    agent.sends(f"/cases/{number}/move", "/cases", state="done")
    page = agent.sends(f"/cases/{number}/promise", "/cases", what="contact", by="2026-03-02T18:00").text
    assert f"{number} 没有登记" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [("/cases/999999/move", 404), ("/cases/999999999999999/take", 404), ("/cases/7/promise", 404)],
)
def test_a_case_that_there_is_not_is_not_found(agent: Agent, promised: Promise, address: str, status: int) -> None:
    promised(30)
    sent = {"state": "closed", "what": "contact", "by": "2026-03-02T18:00"}
    assert agent.sends(address, "/cases", **sent).status_code == status


def test_a_state_or_view_that_there_is_not_is_refused(agent: Agent, promised: Promise) -> None:
    number = promised(30)
    assert agent.sends(f"/cases/{number}/move", "/cases", state="burnt").status_code == 400
    agent.sees("/cases?view=burnt", 400)


def test_no_cases_is_said(agent: Agent) -> None:
    assert "这里没有工单" in agent.sees("/cases")
