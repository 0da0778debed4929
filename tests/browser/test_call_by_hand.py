"""A call with both sides: its sound drawn, its marks jumped to, its words corrected, all without a mouse."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from recordings import ledger, stages
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.tables import StoredFact, Turn
from tests.browser.axe import serious
from tests.browser.conftest import MORNING, say
from tests.browser.test_console import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def talk(archive: Archive, tmp_path: Path) -> str:
    """Call 2 with an agent who answers at its third second, a word of the vocabulary, and a fact at 3.4 s."""
    with archive.session() as s:
        ledger.request_recording(s, call_id="call2", side="agent", recording_id="agent2", at=MORNING)
        ledger.recording_started(s, "agent2", MORNING + timedelta(hours=2, seconds=3))
        turn = s.scalars(select(Turn).where(Turn.text.startswith("小区停电"))).one()
        turn.words = [{**word, "heard": "挺电"} if word["word"] == "停电" else word for word in turn.words]
        s.add(StoredFact(transcript_id=turn.transcript_id, kind="failed", text="停电", value="", start=2, second=3.4))
    say(tmp_path / "agent2.wav", 6)
    take_in(archive, "agent2", tmp_path / "agent2.wav", MORNING + timedelta(hours=2, seconds=60))
    words = [{"word": "马上派人", "start": 1.0, "end": 2.0, "confidence": 0.9}]
    with archive.session() as s:
        turns = [Turn(start=1.0, end=2.0, text="马上派人", words=words)]
        stages.write_transcript(s, "agent2", model="trial", text="马上派人", turns=turns, at=MORNING)
    return "/calls/call2"


def opened(page: Page, address: str) -> None:
    """Its page, with the sound drawn."""
    sign_in(page)
    page.goto(address)
    expect(page.locator(".drawing")).to_be_visible()


def test_both_sides_are_drawn_and_marks_lead_to_their_second(page: Page, talk: str) -> None:
    opened(page, talk)
    assert (
        page.evaluate("document.querySelector('.wave').firstElementChild.shadowRoot.querySelectorAll('canvas').length")
        >= 2
    )
    mark = page.locator(".mark.is-fact")
    expect(mark).to_be_visible()
    box, wave = mark.bounding_box(), page.locator(".wave").bounding_box()
    assert box
    assert wave
    length = float(
        page.locator("[data-from]").evaluate("async (box) => (await (await fetch(box.dataset.from)).json()).seconds")
    )
    assert box["x"] + box["width"] / 2 - wave["x"] == pytest.approx(wave["width"] * 3.4 / length, abs=3)
    page.keyboard.press(".")
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 3.4")
    expect(page.locator(".mark-said")).to_contain_text("停电")
    page.locator("audio").evaluate("audio => { audio.pause(); audio.currentTime = 4; }")
    page.keyboard.press("b")
    page.wait_for_function("() => document.querySelector('audio').currentTime < 3")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 3.4")
    page.keyboard.press("]")
    assert page.locator("audio").evaluate("audio => audio.playbackRate") == 1.25
    expect(page.locator(".turn.is-agent")).to_contain_text("马上派人")
    page.locator(".turn.is-agent .at").click()
    page.wait_for_function("() => document.querySelector('audio').currentTime >= 4")
    page.locator("audio").evaluate("audio => { audio.pause(); audio.currentTime = 4.5; }")
    expect(page.locator(".turn.is-agent.is-current")).to_be_visible()
    assert serious(page) == []


def test_words_are_corrected_and_taken_back_without_leaving_the_keyboard_or_the_sound(page: Page, talk: str) -> None:
    opened(page, talk)
    before = page.evaluate("history.length")
    page.locator("audio").evaluate("audio => { audio.loop = true; }")  # the sound outlasts the typing
    page.locator(".turn .at").first.click()
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.keyboard.press("e")
    box = page.get_by_label("这句说的是").first
    expect(box).to_be_focused()
    box.press("End")
    page.keyboard.type("呢")
    page.keyboard.press("Enter")
    said = page.locator(".turn .said").first
    expect(said).to_contain_text("吸氧呢？")
    expect(page.get_by_role("status")).to_contain_text("这句已改")
    assert not page.locator("audio").evaluate("audio => audio.paused")
    page.keyboard.press("u")
    expect(said).to_contain_text("吸氧。")
    page.locator(".repaired button").focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("挺电")
    expect(page.locator(".repaired button")).to_contain_text("改成词表的“停电”")
    page.keyboard.press("u")
    expect(said).not_to_contain_text("挺电")
    assert page.evaluate("history.length") == before


def test_what_is_half_written_in_one_place_outlasts_saving_in_another(page: Page, talk: str) -> None:
    opened(page, talk)
    fact = page.locator(".glance-facts .rewrite").first
    fact.locator("summary").click()
    fact.get_by_label("内容").fill("停电三天")
    turn = page.locator(".turn .rewrite").first
    turn.locator("summary").click()
    words = turn.get_by_label("这句说的是")
    words.press("End")
    page.keyboard.type("呢")
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/calls/call2" in answer.url):
        page.keyboard.press("Enter")
        fact.get_by_label("内容").focus()
        page.keyboard.press("Home")
    expect(page.locator(".turn .said").first).to_contain_text("呢")
    expect(fact.get_by_label("内容")).to_have_value("停电三天")
    expect(fact.get_by_label("内容")).to_be_focused()
    page.keyboard.type("全村")
    expect(fact.get_by_label("内容")).to_have_value("全村停电三天")
    expect(turn).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(page.locator("#said .glance-facts")).to_contain_text("全村停电三天")


def test_what_is_corrected_by_key_is_the_turn_that_is_heard(page: Page, talk: str) -> None:
    opened(page, talk)
    page.locator(".turn.is-agent .at").click()
    page.wait_for_function("() => document.querySelector('.turn.is-agent.is-current')")
    page.locator("audio").evaluate("audio => audio.pause()")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("e")
    expect(page.locator(".turn.is-agent .rewrite textarea")).to_be_focused()


def test_marks_of_one_second_are_told_one_after_the_other(page: Page, talk: str, archive: Archive) -> None:
    with archive.session() as s:
        turn = s.scalars(select(Turn).where(Turn.text.startswith("小区停电"))).one()
        for kind, words in (("duration", "三个小时"), ("mood", "老人")):
            fact = {"kind": kind, "text": words, "value": "", "start": 4, "second": 3.4}
            s.add(StoredFact(transcript_id=turn.transcript_id, **fact))
    opened(page, talk)
    expect(page.locator(".mark.is-fact")).to_have_count(3)
    told = []
    for key in ".", ".", ".", ",":
        page.keyboard.press(key)
        told.append(page.locator(".mark-said").inner_text())
        page.locator("audio").evaluate("audio => { audio.pause(); audio.currentTime = 3.4; }")  # however slow we are
    assert len(set(told[:3])) == 3
    assert told[3] == told[1]


def test_a_note_leaves_the_sound_and_what_is_half_written_as_they_are(page: Page, talk: str) -> None:
    opened(page, talk)
    page.locator("audio").evaluate("audio => { audio.loop = true; audio.currentTime = 2; }")
    words = page.locator(".turn .rewrite").first
    words.locator("summary").click()
    words.get_by_label("这句说的是").fill("半句没存的话")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press(" ")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 2")
    page.keyboard.press("n")
    page.keyboard.type("老人在吸氧")
    page.keyboard.press("Enter")
    expect(page.locator("#notes li")).to_contain_text("老人在吸氧")
    expect(page.locator(".mark.is-note")).to_have_count(1)
    expect(page.locator("#note-text")).to_have_value("")
    expect(words.get_by_label("这句说的是")).to_have_value("半句没存的话")
    assert not page.locator("audio").evaluate("audio => audio.paused")
    page.keyboard.press(" ")
    page.wait_for_function("() => document.querySelector('audio').paused")
    expect(page.get_by_role("button", name="复制链接")).to_be_visible()
    page.locator("#note-text").fill("这里")
    page.locator("#note-at").fill("99:99")
    page.keyboard.press("Enter")
    expect(page.locator("#notes .flash")).to_contain_text("「99:99」已过了")
    page.get_by_role("button", name="撤回").last.click()
    expect(page.locator("#notes li")).to_have_count(1)


def test_a_note_that_was_refused_stands_in_its_field_again(page: Page, talk: str, archive: Archive) -> None:
    opened(page, talk)
    page.locator("#note-text").evaluate("field => { field.maxLength = 1000; }")
    page.locator("#note-text").fill("长" * 501)
    page.keyboard.press("Enter")
    expect(page.locator("#notes .flash")).to_contain_text("没有保存")
    expect(page.locator("#note-text")).to_have_value("长" * 501)


def test_the_keys_are_listed_and_a_closed_list_leaves_everything_as_it_was(page: Page, talk: str) -> None:
    opened(page, talk)
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="键盘快捷键")
    expect(listed).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(page.locator(".history")).not_to_contain_text("改为")
    page.keyboard.press("w")
    expect(page.locator("#as-said")).to_be_checked()


def test_on_a_phone_nothing_is_wider_than_the_window_with_every_form_open(phone: Page, talk: str) -> None:
    opened(phone, talk)
    phone.evaluate("for (const box of document.querySelectorAll('details')) box.open = true;")
    expect(phone.get_by_label("这句说的是").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert serious(phone) == []
