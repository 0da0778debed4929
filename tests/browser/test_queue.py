"""The agents' desk keeps itself fresh, and disturbs nobody who is using it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from recordings import agents, ledger, users
from recordings.archive import Archive
from tests.browser.conftest import PASSWORD


@pytest.fixture
def waits(archive: Archive) -> Callable[[str], str]:
    """A caller of that number begins to wait; the id of the call."""

    def begin(caller: str) -> str:
        at = datetime.now(UTC)
        with archive.session() as s:
            ledger.open_call(s, call_id=caller, channel_id=caller, node="main", caller=caller, line="95598", at=at)
            agents.joined(s, caller, at, first=False)
        return caller

    return begin


def sit_down(page: Page, archive: Archive) -> None:
    """Li has a telephone and opens the desk."""
    with archive.session() as s:
        agents.add_agent(s, "li", datetime.now(UTC))
    page.goto("/queue")
    page.get_by_label("用户名").fill("li")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_what_happens_on_the_telephone_comes_to_the_desk_by_itself(
    page: Page, archive: Archive, waits: Callable[[str], str]
) -> None:
    sit_down(page, archive)
    page.get_by_role("button", name="签入").press("Enter")
    call_id = waits("13911112222")
    expect(page.get_by_role("region", name="正在排队")).to_contain_text("13911112222")
    with archive.session() as s:
        agents.left(s, call_id)
        li = agents.known_agent(s, "li")
        li.call_id = call_id
    expect(page.get_by_role("heading", name="有来电")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="有来电，请接听")).to_be_attached()
    with archive.session() as s:
        agents.case_of_call(s, call_id, users.known_user(s, "li").id, "13911112222", datetime.now(UTC))
    expect(page.get_by_role("button", name="保持")).to_be_visible()
    page.get_by_role("button", name="保持").press("Enter")
    expect(page.get_by_text("来电人会听到音乐")).to_be_visible()


def test_a_list_that_is_being_used_is_left_alone(page: Page, archive: Archive, waits: Callable[[str], str]) -> None:
    sit_down(page, archive)
    page.get_by_role("button", name="签入").click()
    reason = page.get_by_label("为什么暂停")
    reason.focus()
    reason.select_option("meal")
    waits("13911112222")
    with page.expect_request("**/queue/now") as no_longer_than:
        page.wait_for_timeout(2500)  # longer than the desk takes to renew itself: it must not
        expect(page.get_by_role("region", name="正在排队")).not_to_contain_text("13911112222")
        reason.blur()
    assert no_longer_than.value
    expect(page.get_by_role("region", name="正在排队")).to_contain_text("13911112222")
    expect(reason).to_have_value("meal")
    page.get_by_role("button", name="暂停", exact=False).first.click()
    expect(page.get_by_text("用餐").first).to_be_visible()


def test_whose_keyboard_is_on_a_waiting_caller_stays_there(
    page: Page, archive: Archive, waits: Callable[[str], str]
) -> None:
    sit_down(page, archive)
    waits("13911112222")
    first = page.get_by_role("link", name="13911112222")
    first.focus()
    waits("13922223333")
    expect(page.get_by_role("link", name="13922223333")).to_be_visible()
    expect(first).to_be_focused()


def test_the_desk_works_without_javascript(plain_page: Page, archive: Archive, waits: Callable[[str], str]) -> None:
    sit_down(plain_page, archive)
    plain_page.get_by_role("button", name="签入").click()
    waits("13911112222")
    plain_page.get_by_role("link", name="刷新").click()
    expect(plain_page.get_by_role("region", name="正在排队")).to_contain_text("13911112222")
