"""A moment of a call: noted by one, opened by another."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_console import seconds_played, sign_in

pytestmark = pytest.mark.browser


def open_call(page: Page) -> None:
    sign_in(page)
    page.get_by_role("link", name=re.compile("吸氧|小区停电")).first.click()
    expect(page.locator(".word").first).to_have_attribute("role", "button")


def stop_at(page: Page, seconds: float) -> None:
    """The sound stands at that second, as after listening so far."""
    page.locator("audio").evaluate(
        """(audio, seconds) => new Promise((done) => {
          audio.addEventListener("seeked", done, { once: true });
          audio.addEventListener("loadedmetadata", () => { audio.currentTime = seconds; });
          audio.preload = "auto";
          audio.load();
        })""",
        seconds,
    )


def test_a_note_is_written_on_the_moment_that_is_heard_by_keyboard_alone(page: Page) -> None:
    open_call(page)
    stop_at(page, 3.0)
    page.keyboard.press("n")
    expect(page.locator("#note-at")).to_have_value("0:03")
    page.keyboard.type("老人在吸氧")
    page.keyboard.press("Enter")
    expect(page.locator("#notes li")).to_contain_text("老人在吸氧")
    expect(page.locator("#notes li .at")).to_have_text("0:03")
    expect(page.locator(".mark.is-note")).to_have_count(1)
    page.locator("#notes li .at").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 3")


def test_a_link_to_a_moment_opens_the_call_there_and_is_silent_until_asked(page: Page) -> None:
    open_call(page)
    stop_at(page, 4.0)
    page.keyboard.press("l")
    expect(page.locator("#link-copied")).not_to_be_empty()
    address = page.url
    assert address.endswith("#t=4.00")
    page.goto("/calls")
    page.goto(address)
    expect(page.locator(".word:focus")).to_have_count(1)
    assert float(page.locator(".word:focus").get_attribute("data-start") or 0) == pytest.approx(3.8, abs=0.3)
    assert page.locator("audio").evaluate("audio => audio.paused")
    page.keyboard.press(" ")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 4")
    assert seconds_played(page) < 10
