"""Correcting what a call is about, in a real browser: the place, the focus and the sound stay where they are."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.test_console import hears_on, sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 390, "height": 844}])
def test_who_corrected_without_javascript_sees_that_it_is_kept(plain_page: Page, size: ViewportSize) -> None:
    page = plain_page
    page.set_viewport_size(size)
    sign_in(page)
    page.goto("/calls/call2")
    page.get_by_role("button", name="投诉").click()
    expect(page.get_by_role("status")).to_contain_text("已记为「投诉」")
    expect(page.get_by_role("status")).to_be_in_viewport(ratio=1)


STILL = "() => new Promise((done) => { const y = scrollY; setTimeout(() => done(scrollY === y), 300); })"
"""True when the page has come to rest after going to what is heard."""
SOUND = "() => { const a = document.querySelector('audio'); return [a.paused, a.currentTime]; }"


def test_who_corrects_while_listening_keeps_the_place_the_focus_and_the_sound(page: Page, long_call: str) -> None:
    sign_in(page)
    page.goto(long_call)
    word = page.locator(".word").nth(250)
    word.click()
    page.wait_for_function("() => !document.querySelector('audio').paused && document.querySelector('.word.is-now')")
    page.wait_for_function(STILL)
    been = page.evaluate("[history.length, scrollY]")
    assert been[1] > 300
    page.keyboard.press("2")
    expect(page.locator(".history")).to_contain_text(re.compile("改为.*电费.*（li，"))
    expect(page.locator(".glance .chip")).to_contain_text("电费")
    expect(page.locator(".events")).to_contain_text("人工分类")
    expect(page.get_by_role("status")).to_be_in_viewport(ratio=1)
    expect(page.locator("#category kbd").first).to_be_visible()
    expect(word).to_be_focused()
    assert page.evaluate("[history.length, scrollY]") == been
    paused, second = page.evaluate(SOUND)
    assert not paused
    assert second >= float(word.get_attribute("data-start") or "nan")


def test_the_answer_is_seen_at_the_very_end_of_a_page_too(page: Page, long_call: str) -> None:
    sign_in(page)
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(long_call)
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    page.keyboard.press("2")
    expect(page.get_by_role("status")).to_contain_text("已记为「电费」")
    expect(page.get_by_role("status")).to_be_in_viewport(ratio=1)


def test_who_corrects_on_a_phone_keeps_the_button_under_the_thumb(phone: Page, long_call: str) -> None:
    sign_in(phone)
    phone.goto(long_call)
    for category in ("投诉", "咨询", "投诉"):
        button = phone.locator(".correct").get_by_role("button", name=category)
        button.scroll_into_view_if_needed()
        before = button.bounding_box()
        button.tap()
        expect(button).to_have_attribute("aria-pressed", "true")
        after = button.bounding_box()
        assert before
        assert after
        assert abs(after["y"] - before["y"]) < 2
        expect(button).to_be_focused()
        expect(phone.get_by_role("status")).to_be_in_viewport(ratio=1)


def test_who_listens_on_a_phone_can_go_up_and_correct(phone: Page, long_call: str) -> None:
    sign_in(phone)
    phone.goto(long_call)
    phone.locator(".word").nth(250).tap()
    hears_on(phone)
    phone.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    hears_on(phone)
    phone.get_by_role("button", name="投诉").tap()
    expect(phone.get_by_role("status")).to_be_in_viewport(ratio=1)
    hears_on(phone)
    expect(phone.get_by_role("button", name="投诉")).to_be_in_viewport()


def test_a_correction_that_did_not_arrive_is_said_and_can_be_tried_again(page: Page, troubles: list[str]) -> None:
    sign_in(page)
    page.goto("/calls/call2")
    page.route("**/category", lambda route: route.fulfill(status=503, body="gone"))
    page.get_by_role("button", name="投诉").click()
    expect(page.get_by_role("alert")).to_contain_text("没有保存成功")
    page.unroute("**/category")
    assert [trouble for trouble in troubles if "503" in trouble]
    troubles.clear()
    page.get_by_role("button", name="投诉").click()
    expect(page.get_by_role("status")).to_contain_text("已记为「投诉」")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_call_left_open_over_another_sign_in_can_be_corrected_at_the_second_try(
    page: Page, troubles: list[str]
) -> None:
    sign_in(page)
    page.goto("/calls/call2")
    other = page.context.new_page()
    other.goto("/calls")
    other.get_by_role("button", name="退出").click()
    sign_in(other)
    expect(other.locator("tr.call")).to_have_count(3)
    token = page.locator(".correct [name=csrf_token]")
    before = token.input_value()
    page.get_by_role("button", name="投诉").click()
    expect(page.get_by_role("alert")).to_contain_text("没有保存成功")
    expect(token).not_to_have_value(before)
    page.get_by_role("button", name="投诉").click()
    expect(page.get_by_role("status")).to_contain_text("已记为「投诉」")
    assert all("400" in trouble for trouble in troubles)
    troubles.clear()
