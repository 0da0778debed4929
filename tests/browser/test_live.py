"""The list while calls come in: it says so, and nothing moves until the reader wants it."""

import pytest
from playwright.sync_api import Page, expect

from recordings.archive import Archive
from recordings.corrections import correct_category
from tests.browser.conftest import MORNING
from tests.browser.test_console import sign_in

pytestmark = pytest.mark.browser


def test_the_list_says_that_something_changed_and_shows_it_when_asked(page: Page, archive: Archive) -> None:
    with page.expect_response("**/live"):
        sign_in(page)
    expect(page.locator("tr.call")).to_have_count(3)
    expect(page.locator("#fresh")).to_be_hidden()
    with archive.session() as s:
        correct_category(s, "call1", 1, "praise", MORNING)
    expect(page.locator("#fresh")).to_contain_text("有新的来电或变化，通话数： Calls that are new or have changed: 1")
    expect(page.locator("tr.call .chip", has_text="表扬")).to_have_count(0)
    page.locator("#fresh").get_by_role("link").click()
    expect(page.locator("tr.call .chip", has_text="表扬")).to_have_count(1)
    expect(page.locator("#fresh")).to_be_hidden()
