"""The day's figures, as a supervisor sees them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from recordings import ledger, users
from recordings.archive import Archive
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from web.reports import pages
from web.reports.trending import compare

WEEK = timedelta(days=7)


@pytest.fixture
def supervisor(archive: Archive, someone: Callable[[], Agent], monkeypatch: pytest.MonkeyPatch) -> Agent:
    """Chen, signed in at two in the afternoon of the day on which people call."""
    with archive.session() as s:
        users.add_user(s, name="chen", role="supervisor", password=PASSWORD, at=NOON)
    chen = someone()
    chen.signs_in("chen")
    monkeypatch.setattr(pages, "now", lambda: NOON + timedelta(hours=2))
    return chen


def figures(page: str, heading: str) -> tuple[int, int]:
    """The two counts under a heading of the first row."""
    found = re.search(rf">{heading}.*?<b>(\d+)</b>.*?上周 (\d+)", page, re.DOTALL)
    assert found, heading
    return int(found[1]), int(found[2])


def rows(page: str, table: str) -> dict[str, tuple[int, int]]:
    """Rows of a table by the first word of their heading."""
    body = re.search(rf'<table id="{table}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert body
    found = re.findall(r'scope="row">(.*?)</th><td>(\d+)</td><td>(\d+)</td>', body[1], re.DOTALL)
    return {re.sub(r"<[^>]+>", " ", head).split()[0]: (int(now), int(before)) for head, now, before in found}


def test_the_day_is_counted_beside_the_same_time_a_week_before(exchange: Exchange, supervisor: Agent) -> None:
    exchange.call("停电了", category="repair", urgency="urgent")
    exchange.call("电费不对", category="billing")
    exchange.call(at=NOON + timedelta(minutes=70))
    exchange.call("停电了", category="repair", at=NOON - WEEK)
    exchange.call("停电了", category="repair", at=NOON - WEEK + timedelta(hours=3))
    page = supervisor.sees("/reports")
    assert figures(page, "来电") == (3, 1), "what came later in the day a week ago does not count yet"
    assert figures(page, "紧急") == (1, 0)
    assert rows(page, "categories") == {"报修": (1, 1), "电费": (1, 0), "还没听写": (1, 0)}
    hours = rows(page, "hours")
    assert (hours["12"], hours["13"], hours["15"]) == ((2, 1), (1, 0), (0, 0))
    assert "14:00" in page


def test_a_day_that_is_over_counts_whole(exchange: Exchange, supervisor: Agent) -> None:
    exchange.call("停电了", category="repair", at=NOON - WEEK + timedelta(hours=11))
    assert figures(supervisor.sees("/reports?day=2026-02-23"), "来电") == (1, 0)


def test_a_persons_word_decides_the_category(exchange: Exchange, supervisor: Agent) -> None:
    call = exchange.call("停电了没人管", category="repair")
    supervisor.sends(f"/calls/{call}/category", f"/calls/{call}", category="complaint")
    assert rows(supervisor.sees("/reports"), "categories") == {"投诉": (1, 0)}


def test_our_own_calls_to_residents_are_not_counted_as_theirs(
    exchange: Exchange, supervisor: Agent, archive: Archive
) -> None:
    exchange.call("停电了", category="repair", caller="13911110000")
    with archive.session() as s:
        ids = {"call_id": "ours", "channel_id": "ours"}
        at = NOON + timedelta(minutes=5)
        ledger.open_call(s, **ids, node="main", caller="13911110000", line="95598", at=at, direction="out")
    page = supervisor.sees("/reports")
    assert figures(page, "来电") == (1, 0)
    assert "13911110000" not in page
    assert "回访" in supervisor.sees("/calls")


def test_who_called_again_within_a_day_is_named_with_the_last_call(exchange: Exchange, supervisor: Agent) -> None:
    exchange.call(caller="13911110000")
    newest = exchange.call("还没来电", category="chase", caller="13911110000")
    exchange.call(caller="")
    exchange.call(caller="")
    exchange.call(caller="13922220000", at=NOON - timedelta(hours=23))
    exchange.call(caller="13922220000", at=NOON - timedelta(hours=26))
    page = supervisor.sees("/reports")
    assert "13911110000" in page
    assert f"/calls/{newest}" in page
    assert "13922220000" not in page


def test_a_word_that_more_callers_say_is_named(exchange: Exchange, supervisor: Agent) -> None:
    for number in range(6):
        exchange.call("查询电费", category="billing", at=NOON - timedelta(days=10 + number))
    for _ in range(5):
        exchange.call("台风来了", category="repair")
    page = supervisor.sees("/reports")
    assert "台风" in page.partition('id="rising-head"')[2]
    assert "电费" not in page.partition('id="rising-head"')[2]


def test_nothing_rises_by_chance_or_without_a_past() -> None:
    storm, bill = frozenset({"台风", "停电"}), frozenset({"电费", "停电"})
    assert compare([storm] * 5, []) == ()
    assert [rising.word for rising in compare([storm] * 5, [bill] * 20)] == ["台风"]
    assert compare([storm] * 2 + [bill] * 20, [bill] * 40) == (), "two calls are no trend"
    (rising,) = compare([storm] * 10 + [bill] * 10, [bill] * 40)
    assert (rising.calls, rising.share, rising.share_before) == (10, 0.5, 0.0)


def test_a_day_without_calls_says_so(supervisor: Agent) -> None:
    assert "这一天还没有来电" in supervisor.sees("/reports")


@pytest.mark.parametrize("day", ["yesterday", "1999-01-01", "9999-12-31", "2026-13-01", "<script>"])
def test_a_day_that_is_none_is_refused(supervisor: Agent, day: str) -> None:
    assert "<script>" not in supervisor.sees(f"/reports?day={day}", 400).partition("<main")[2]


def test_a_day_to_come_is_today(supervisor: Agent) -> None:
    today = (NOON + timedelta(hours=2)).date()
    assert f"{today.month}月{today.day}日" in supervisor.sees("/reports?day=2100-01-01")


def test_an_agent_finds_no_such_page(agent: Agent, someone: Callable[[], Agent]) -> None:
    agent.sees("/reports", 404)
    assert "/reports" not in agent.sees("/calls")
    assert "/sign-in" in someone().client.get("/reports").headers["Location"]


def test_midnight_is_the_utilitys(exchange: Exchange, supervisor: Agent) -> None:
    midnight = datetime(2026, 3, 1, 16, 0, tzinfo=NOON.tzinfo)
    exchange.call(at=midnight)
    exchange.call(at=midnight - timedelta(seconds=1))
    assert figures(supervisor.sees("/reports"), "来电") == (1, 0)
    assert figures(supervisor.sees("/reports?day=2026-03-01"), "来电") == (1, 0)
