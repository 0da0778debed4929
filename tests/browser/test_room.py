"""Small windows and endless words, in a real browser: what matters stays in sight."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from recordings import ledger
from recordings.archive import Archive
from recordings.tables import Call
from tests.browser.test_console import sign_in

pytestmark = pytest.mark.browser

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""Pixels by which something in a page is wider than the window."""


def fits(page: Page) -> None:
    """Wait until a page that is being laid out fits its window.

    A function, for a bare expression is evaluated anew at every look, which our Content Security Policy forbids.
    """
    try:
        page.wait_for_function(f"() => {TOO_WIDE} <= 0")
    except WaitedTooLong:
        pytest.fail(f"{page.url} is {page.evaluate(TOO_WIDE)} px too wide")


def test_pages_fit_a_phone(phone: Page) -> None:
    sign_in(phone)
    for address in ("/calls", "/calls?q=停电", "/calls?q=nothing", "/calls/call2", "/password"):
        phone.goto(address)
        fits(phone)


@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_an_endless_caller_and_many_cases_leave_room_for_what_was_said(
    page: Page, archive: Archive, width: int
) -> None:
    caller, at = "+8613800000099@a-very-long-host.invalid", datetime(2026, 3, 2, tzinfo=UTC)
    with archive.session() as s:
        call = s.get_one(Call, "call2")
        call.caller = caller
        for _ in range(6):
            ledger.open_case(s, call_id="call2", flow="repair", at=at)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page)
    row = page.locator("#call-call2")
    expect(row.locator(".caller")).to_have_attribute("title", caller)
    fits(page)
    words = row.locator(".words").bounding_box()
    assert words
    assert words["width"] > width / 4


def test_a_window_enlarged_by_half_still_shows_several_calls(page: Page) -> None:
    page.set_viewport_size({"width": 1280 * 2 // 3, "height": 800 * 2 // 3 - 90})  # less what the browser needs itself
    sign_in(page)
    expect(page.locator("tr.call")).to_have_count(3)
    for row in page.locator("tr.call").all():
        expect(row).to_be_in_viewport(ratio=1)
