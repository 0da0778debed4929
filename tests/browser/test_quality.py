"""A reviewer's and an agent's turn at a scorecard, from sign-in to done, by keyboard alone."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from quality.sheet import WORTH
from recordings import users
from recordings.judgements import write_judgement
from recordings.tables import Case, Finding
from tests.browser.axe import serious

pytestmark = pytest.mark.browser

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "long enough to be good"


@pytest.fixture
def judged(archive):
    """Call 3 is Li's, and the machine found one thing in it; Qian is to review it."""
    points = {item.value: worth for item, worth in WORTH.items()} | {"wording": 0}
    finding = Finding(
        rule="forbidden.shrug", zh="生硬", en="Curt", item="wording", channel="agent", at=2.0, points=-10,
        recording_id="rec3", second=2.0, words="不知道", fatal=False,
    )  # fmt: skip
    with archive.session() as s:
        users.add_user(s, name="qian", password=PASSWORD, role="qa", at=MORNING)
        owner = users.known_user(s, "li")
        s.scalars(select(Case).where(Case.call_id == "call3")).one().owner_id = owner.id
        write_judgement(
            s, "call3", basis="1", score=90, fatal=False, points=points, measures={}, findings=[finding], at=MORNING
        )


def sign_in(page, name):
    page.goto("/sign-in")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/calls")


def reach(page, selector, most=90):
    """Go on with Tab until that is focused."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_a_reviewer_overrules_and_the_agent_acknowledges_by_keyboard(page, judged):
    sign_in(page, "qian")
    page.goto("/quality/calls/call3")
    assert serious(page) == []
    reach(page, "[data-seek='2.00']")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 2")
    reach(page, "#points-wording")
    page.keyboard.press("Home")
    reach(page, "#reason-wording")
    page.keyboard.type("是居民说的")
    page.keyboard.press("Enter")
    page.wait_for_selector(".flash")
    assert "是居民说的" in page.locator(".reviews").inner_text()
    page.context.clear_cookies()
    sign_in(page, "li")
    page.goto("/scores")
    reach(page, "a[href='/scores/call3']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/scores/call3")
    assert serious(page) == []
    assert "100" in page.locator(".call-head .score").inner_text()
    reach(page, "button[value=acknowledged]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".flash")
    assert "坐席已确认" in page.locator("main").inner_text()
