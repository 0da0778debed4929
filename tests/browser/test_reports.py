"""The supervisor's day in a real browser: charts are drawn, and without them the tables say it."""

import pytest
from playwright.sync_api import Page, expect

from recordings import users
from recordings.archive import Archive
from tests.browser.conftest import MORNING, PASSWORD

pytestmark = pytest.mark.browser

DAY = "/reports?day=2026-03-02"
DRAWN = """() => [...document.querySelectorAll(".chart canvas")].filter((canvas) => canvas.width &&
  canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)).length === 5"""


@pytest.fixture(autouse=True)
def chen(archive: Archive) -> None:
    """A supervisor."""
    with archive.session() as s:
        users.add_user(s, name="chen", role="supervisor", password=PASSWORD, at=MORNING)


def come_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("用户名").fill("chen")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3月2日")


def test_the_day_is_drawn_and_leads_to_its_calls(page: Page) -> None:
    come_in(page, DAY)
    page.wait_for_function(DRAWN)
    page.locator("#categories").get_by_role("link", name="报修").click()
    expect(page.locator("tr.call")).to_have_count(1)


def test_without_javascript_the_tables_say_it(plain_page: Page) -> None:
    come_in(plain_page, DAY)
    expect(plain_page.locator(".chart").first).to_be_hidden()
    plain_page.get_by_role("region", name="几点来电").get_by_text("看数字").click()
    expect(plain_page.locator("#hours tbody tr")).to_have_count(24)


def test_on_a_telephone_nothing_is_wider_than_the_window(phone: Page) -> None:
    come_in(phone, DAY)
    phone.wait_for_function(DRAWN)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
