"""Tables in small windows, in a real browser: no word is torn, no time is broken, nothing is out of sight."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from orders.cases import describe_case
from orders.commitments import Promised
from recordings import agents, ledger, tokens, users
from recordings.announcing import ANNOUNCED
from recordings.archive import Archive
from recordings.hooks import add_hook
from recordings.tables import Case, Sample
from tests.browser.conftest import MORNING, PASSWORD
from tests.browser.test_console import sign_in
from tests.browser.test_room import TOO_WIDE
from web.session.rights import SCOPES

pytestmark = pytest.mark.browser

TORN = r"""() => {
  const shown = (one) => one.checkVisibility() && !one.closest(".unseen, .long");
  const lines = (text, from, to) => {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size;
  };
  const torn = [];
  for (const cell of document.querySelectorAll("td, tbody th")) {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      if (!shown(text.parentElement)) continue;
      for (const word of text.data.matchAll(/[\w.:]+/g)) {
        if (lines(text, word.index, word.index + word[0].length) > 1) torn.push(word[0]);
      }
    }
  }
  for (const one of document.querySelectorAll(".standing .zh, .seats td .zh, .promise .zh, .promise .en, time")) {
    if (shown(one) && lines(one.firstChild, 0, one.firstChild.length) > 1) torn.push(one.textContent);
  }
  return torn;
}"""
"""Words and numbers in tables, and phrases that are read at a glance, on more than one line. A hyphen may end one."""

OUTSIDE = """() => [...document.querySelectorAll("main :is(button, summary, a)")]
  .filter((one) => one.checkVisibility() && !one.closest(".tabs"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.textContent.trim())"""
"""What could be pressed and lies outside the window; the tabs of a page are pushed aside by themselves."""

PAGES = ("/system", "/programs", "/programs/hooks/1", "/quality/samples", "/floor", "/cases", "/audit", "/reports")


@pytest.fixture(autouse=True)
def filled(archive: Archive) -> None:
    """A row for every table: a token, a hook with a delivery, a sample, an agent who talks, promises over and ahead."""
    now = datetime.now(UTC)
    with archive.session() as s:
        root = users.add_user(s, name="root", role="admin", password=PASSWORD, at=MORNING)
        s.flush()
        tokens.make_token(s, name="停电地图", user="li", scopes=SCOPES, at=MORNING, lasts=timedelta(days=900))
        add_hook(s, url="https://crm.example/lianxin", events=ANNOUNCED, at=MORNING)
        s.add(Sample(made_at=now, user_id=root.id, since=MORNING, until=now, share=0.05, seed=20261127))
        agents.add_agent(s, "li", MORNING)
        for minutes, call in ((-80, "call1"), (90, "call2")):
            case = s.scalars(select(Case).where(Case.call_id == call)).one()
            due = now + timedelta(minutes=minutes)
            describe_case(s, case.number, contact="13800000001", promised=Promised.ARRIVAL, promised_at=due)
    with archive.session() as s:
        li, talks = users.known_user(s, "li").id, now - timedelta(hours=4, minutes=2)
        ids = {"call_id": "long", "channel_id": "long"}
        ledger.open_call(s, **ids, node="main", caller="13512341234", line="95598", at=talks)
        agents.known_agent(s, "li").call_id = "long"
        agents.case_of_call(s, "long", li, "13512341234", talks)


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_no_word_is_torn_and_nothing_is_out_of_sight(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, "root")
    wrong: dict[str, object] = {}
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state()
        found = [*page.evaluate(TORN), *(page.evaluate(OUTSIDE) if width == 390 else [])]
        if found or page.evaluate(TOO_WIDE) > 0:
            wrong[address] = found or f"{page.evaluate(TOO_WIDE)} px too wide"
    assert wrong == {}


def test_a_row_on_a_telephone_names_its_columns(phone: Page) -> None:
    sign_in(phone, "root")
    phone.goto("/floor")
    head = phone.locator(".seats td[data-head]").first
    assert head.evaluate("cell => getComputedStyle(cell, '::before').content") == '"从几点起"'
    phone.goto("/programs")
    assert phone.get_by_role("cell", name="停电地图", exact=True).is_visible()


def test_it_would_find_a_torn_word(page: Page) -> None:
    page.set_content(
        "<table><tr><td style='width: 3em; word-break: break-all'>category.corrected<td>call.began</table>"
    )
    assert page.evaluate(TORN) == ["category.corrected"]
