"""An agent at the console, in a real browser: finds a call, hears it, reads it, corrects it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PASSWORD = "long enough to be good"
HEARD = """() => {
  const word = document.querySelector(".word.is-now"), time = document.querySelector("audio").currentTime;
  return word && word.dataset.start - 0.15 < time && time < Number(word.dataset.end) + 0.15;
}"""
"""True while the word that is lit is the one being heard; the slack is a frame or two of a busy machine."""


def sign_in(page: Page, name: str = "li", password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def arrives(page: Page, case: str) -> None:
    """Wait until the page of that case is there, scripts and all."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(case)
    page.wait_for_load_state()


def seconds_played(page: Page) -> float:
    return float(page.locator("audio").evaluate("audio => audio.currentTime"))


def test_an_agent_signs_in_changes_the_password_finds_hears_and_corrects_a_call(page: Page) -> None:
    sign_in(page, "admin", "made up by us")
    page.get_by_label("现在的密码").fill("made up by us")
    page.get_by_label("新密码", exact=False).first.fill("my very own words")
    page.get_by_label("再输一遍新密码").fill("my very own words")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status").first).to_contain_text("密码已更改")
    expect(page.get_by_text("试用模型「lianxin-trial」")).to_be_visible()
    expect(page.locator("tr.call")).to_have_count(3)

    page.get_by_role("searchbox").fill("停电")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("tr.call")).to_have_count(1)
    expect(page.locator("tr.call mark")).to_have_text("停电")
    page.locator("tr.call").get_by_role("link").click()

    arrives(page, "100002")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 1.2")
    page.wait_for_function(HEARD)

    word = page.locator(".word", has_text="老人")
    start = float(word.get_attribute("data-start") or "nan")
    audio = page.locator("audio")
    audio.evaluate("audio => audio.pause()")
    audio.evaluate("audio => audio.addEventListener('seeked', () => { window.sought = audio.currentTime; })")
    word.click()
    page.wait_for_function(f"() => Math.abs(window.sought - {start}) < 0.5")
    page.wait_for_function(HEARD)
    audio.evaluate("audio => audio.pause()")
    heard_until = seconds_played(page)

    page.get_by_role("group", name="不对就改").get_by_role("button", name="投诉").click()
    expect(page.locator(".history")).to_contain_text(re.compile(r"机器.*报修.*92.%.*改为.*投诉.*（admin，"))
    expect(page.get_by_role("button", name="投诉")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"() => Math.abs(document.querySelector('audio').currentTime - {heard_until}) < 0.5")

    page.get_by_role("link", name="回列表").click()
    expect(page.locator("tr.call .chip")).to_contain_text("投诉")
    expect(page.get_by_title("人工改过")).to_be_visible()


def test_the_hand_can_stay_on_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("li")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("tr.call")).to_have_count(3)
    page.wait_for_load_state()

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.call").nth(1).get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    arrives(page, "100002")

    page.keyboard.press("Space")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').paused")

    page.locator(".turn .at").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    third = page.locator(".word").nth(2)
    expect(third).to_be_focused()
    assert third.evaluate("word => getComputedStyle(word).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 1.8")

    page.keyboard.press("2")
    expect(page.locator(".history")).to_contain_text(re.compile("改为.*电费.*（li，"))
    page.wait_for_load_state()
    page.keyboard.press("j")
    arrives(page, "100001")
    page.keyboard.press("k")
    arrives(page, "100002")


PAUSED = "() => document.querySelector('audio').paused"
PLAYING = "() => !document.querySelector('audio').paused"


def test_space_plays_and_pauses_wherever_the_reader_clicked(page: Page) -> None:
    sign_in(page)
    page.goto("/calls/call2")
    for place in (page.locator(".word", has_text="老人"), page.locator(".evidence a"), page.locator(".turn .at")):
        place.click()
        page.wait_for_function(PLAYING)
        second = seconds_played(page)
        page.keyboard.press("Space")
        page.wait_for_function(PAUSED)
        assert seconds_played(page) >= second - 0.1, "it did not begin anew"
        page.keyboard.press("Space")
        page.wait_for_function(PLAYING)
    page.get_by_label("启用单键快捷键").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("启用单键快捷键")).not_to_be_checked()
    page.locator(".word").first.focus()
    page.keyboard.press("Space")
    page.wait_for_function(PAUSED)
    page.keyboard.press("Enter")
    page.wait_for_function(PLAYING)


def test_single_keys_can_be_switched_off_and_stay_off(page: Page) -> None:
    sign_in(page)
    page.goto("/calls/call2")
    page.get_by_label("启用单键快捷键").uncheck()
    page.reload()
    expect(page.get_by_label("启用单键快捷键")).not_to_be_checked()
    page.keyboard.press("2")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    arrives(page, "100002")
    expect(page.locator(".history")).not_to_contain_text("改为")
    page.get_by_label("启用单键快捷键").check()
    page.locator("h1").click()
    page.keyboard.press("j")
    arrives(page, "100001")


def test_evidence_and_the_drawing_lead_to_their_second(page: Page) -> None:
    sign_in(page)
    page.goto("/calls/call2")
    page.locator(".evidence a").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 1.4")
    page.locator("audio").evaluate("audio => audio.pause()")
    wave = page.locator(".wave")
    box = wave.bounding_box()
    assert box
    wave.click(position={"x": box["width"] * 0.75, "y": 15})
    length = float(page.locator("[data-lengths]").get_attribute("data-lengths") or "nan")
    page.wait_for_function(f"() => document.querySelector('audio').currentTime > {length * 0.74}")


def test_all_but_the_lighting_up_works_without_javascript(plain_page: Page) -> None:
    page = plain_page
    sign_in(page)
    page.get_by_role("link", name="报修").click()
    expect(page.locator("tr.call")).to_have_count(1)
    page.get_by_label("状态").select_option("ready")
    page.get_by_role("button", name="查找").click()
    assert "category=repair" in page.url
    assert "state=ready" in page.url
    page.locator("tr.call").get_by_role("link").click()
    expect(page.locator("audio")).to_be_visible()
    expect(page.get_by_text("点时间，就从那里听起")).to_be_visible()
    expect(page.locator("#keys")).to_be_hidden()
    assert page.locator(".turn .at").get_attribute("href") == "/calls/call2/audio/rec2.wav#t=1.00"
    page.get_by_role("button", name="咨询").click()
    expect(page.locator(".history")).to_contain_text(re.compile("报修.*92.%.*改为.*咨询.*（li，"))
    page.get_by_role("button", name="改回机器的分类").click()
    expect(page.locator(".glance .chip")).to_contain_text("报修")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def hears_on(page: Page) -> None:
    """Wait until several more words were heard."""
    page.wait_for_function("from => document.querySelector('audio').currentTime > from", arg=seconds_played(page) + 1.6)


def test_the_text_follows_who_reads_along_and_leaves_alone_who_scrolls_away(page: Page, long_call: str) -> None:
    sign_in(page)
    page.goto(long_call)
    word = page.locator(".word").nth(250)
    word.click()
    hears_on(page)
    page.mouse.wheel(0, -5000)
    page.wait_for_function("() => scrollY === 0")
    hears_on(page)
    assert page.evaluate("scrollY") == 0, "it was the wheel that left"

    word.click()
    hears_on(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    hears_on(page)
    assert page.evaluate("scrollY") == 0, "the word before was out of sight: it was the scroll bar that left"

    word.evaluate(
        "word => scrollBy({ top: word.getBoundingClientRect().bottom - innerHeight + 20, behavior: 'instant' })"
    )
    before = page.evaluate("scrollY")
    page.locator(".word").nth(240).evaluate("word => word.click()")
    page.wait_for_function("from => scrollY > from", arg=before)
    expect(page.locator(".word.is-now")).to_be_in_viewport()


def test_the_length_of_a_recording_is_shown_before_anything_of_it_is_fetched(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page)
    page.goto("/calls/call2")
    expect(page.locator(".clock")).to_have_text("0:00 / 0:07")
    assert not [address for address in asked if address.endswith(".wav")]
    page.locator(".word", has_text="老人").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 5")
    expect(page.locator(".clock")).to_have_text(re.compile("0:0[567] / 0:07"))


def test_every_control_has_a_name(page: Page) -> None:
    sign_in(page)
    for address in ("/calls", "/calls/call2", "/password"):
        page.goto(address)
        nameless = page.locator("input:not([type=hidden]), select, button, a, audio").evaluate_all(
            """all => all.filter((e) => {
              const text = e.closest("details:not([open])") ? e.textContent.trim() : e.innerText;
              return !(text || e.ariaLabel || e.labels?.length);
            }).map((e) => e.outerHTML)"""
        )
        assert nameless == []
