"""Asking on the page of a call that its resident be called back, and seeing what came of it."""

from datetime import time, timedelta

import pytest
from flask import Flask

from orders.callback_attempts import attempt_answered, begin_attempt, end_attempt, note_answer
from orders.callback_rules import CallbackRules
from recordings import ledger
from recordings.archive import Archive
from recordings.tables import Callback
from tests.web.conftest import NOON, ZONE, Agent, Exchange
from web.app import create_app

ANY_HOUR = CallbackRules(timedelta(hours=24), 3, timedelta(hours=1), time(0), time(0), ZONE)


@pytest.fixture
def app(archive: Archive) -> Flask:
    """A console whose telephone has a way out."""
    return create_app(archive, secret_key="for these tests", zone=ZONE, calls_back=True)


def card(page: str) -> str:
    return page.partition('id="callbacks"')[2].partition("</section>")[0]


def asked_for(archive: Archive) -> list[tuple[int, str, int | None]]:
    with archive.reading() as s:
        return [(one.case_number, one.state, one.requested_by) for one in s.query(Callback)]


def test_the_button_asks_once_and_says_that_it_waits(exchange: Exchange, agent: Agent, archive: Archive) -> None:
    call = exchange.call("停电了", category="repair")
    assert "打回访电话" in card(agent.sees(f"/calls/{call}"))
    for _ in range(2):
        page = agent.sends(f"/calls/{call}/callbacks", f"/calls/{call}", case="100001").text
    assert "等着打" in card(page)
    assert "打回访电话" not in card(page)
    assert asked_for(archive) == [(100001, "waiting", 1)]


def test_what_came_of_it_is_shown_and_leads_to_our_call_and_back(
    exchange: Exchange, agent: Agent, archive: Archive
) -> None:
    call = exchange.call("停电了", category="repair")
    agent.sends(f"/calls/{call}/callbacks", f"/calls/{call}", case="100001")
    with archive.session() as s:
        now = s.query(Callback).one().due_at
        begin_attempt(s, "busy", "main", ANY_HOUR, now)
        end_attempt(s, "busy", "busy", ANY_HOUR, now)
        wanted = begin_attempt(s, "reached", "main", ANY_HOUR, now + timedelta(hours=1))
        assert wanted is not None
        ids = {"call_id": "ours", "channel_id": "ours"}
        ledger.open_call(s, **ids, node="main", caller="138", line="95598", at=NOON, direction="out")
        attempt_answered(s, "reached", "ours")
        note_answer(s, wanted.id, "ours", "solved", now)
        end_attempt(s, "reached", "answered", ANY_HOUR, now)
        ledger.close_call(s, "ours", "solved", NOON)
    shown = card(agent.sees(f"/calls/{call}"))
    assert shown.index("占线") < shown.index("有人接")
    assert "已接通" in shown
    assert "已解决" in shown
    assert "/calls/ours" in shown
    assert f"/calls/{call}" in card(agent.sees("/calls/ours"))


def test_a_withheld_number_is_said_and_nothing_is_written(exchange: Exchange, agent: Agent, archive: Archive) -> None:
    call = exchange.call("停电了", category="repair", caller="")
    assert "不能回访" in agent.sends(f"/calls/{call}/callbacks", f"/calls/{call}", case="100001").text
    assert asked_for(archive) == []


@pytest.mark.parametrize("case", ["", "100002", "999999", "１", "-1", "1e5", "9" * 30])
def test_a_case_that_is_not_the_calls_is_refused(exchange: Exchange, agent: Agent, archive: Archive, case: str) -> None:
    call, _ = exchange.call("停电了", category="repair"), exchange.call("停电了", category="repair")
    assert agent.sends(f"/calls/{call}/callbacks", f"/calls/{call}", case=case).status_code == 404
    assert asked_for(archive) == []
