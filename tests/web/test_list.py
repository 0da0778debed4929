"""The list of calls: order, filters, search, pages, and what a row says."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from recordings import corrections, ledger, stages, users
from web.calls import queries
from web.calls.filters import Filters
from web.calls.matching import matching

NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
PASSAGE = ("家里停电了", "已经三个小时")


def shown(page: str) -> list[str]:
    """Ids of the calls on a page, from top to bottom."""
    return re.findall(r'href="/calls/([a-z0-9]+)', page[page.find("<table") :]) if "<table" in page else []


def row_of(page: str, call_id: str) -> str:
    """The HTML of one row."""
    rows = re.findall(r'<tr id="call-.*?</tr>', page, re.DOTALL)
    return next(row for row in rows if f'"/calls/{call_id}' in row)


def test_an_empty_hotline_says_so(agent) -> None:
    assert "还没有通话" in agent.sees("/calls")


def test_the_newest_call_is_on_top_and_its_row_says_what_matters(agent, exchange) -> None:
    first = exchange.call(*PASSAGE, category="repair", urgency="urgent", caller="13911112222")
    second = exchange.call("电费太高了", category="billing")
    page = agent.sees("/")
    assert shown(page) == [second, first]
    row = row_of(page, first)
    for said in ("12:01", "13911112222", "100001", "报修", "紧急", "家里停电了，已经三个小时", "1:15", "已转写"):
        assert said in row
    assert "紧急" not in row_of(page, second)


def test_days_are_those_of_the_utility_and_not_of_utc(agent, exchange) -> None:
    late = exchange.call(*PASSAGE, category="repair", at=datetime.fromisoformat("2026-03-01T15:59:59+00:00"))
    early = exchange.call(*PASSAGE, category="repair", at=datetime.fromisoformat("2026-03-01T16:00:00+00:00"))
    assert shown(agent.sees("/calls?day=2026-03-01")) == [late]
    assert shown(agent.sees("/calls?day=2026-03-02")) == [early]
    page = agent.sees("/calls")
    assert "2026年3月2日 周一" in page
    assert "2026年3月1日 周日" in page


def test_the_category_that_counts_is_the_persons(agent, exchange, archive) -> None:
    billing = exchange.call("电费太高了", category="billing")
    corrected = exchange.call(*PASSAGE, category="repair")
    confirmed = exchange.call("电压低", category="repair")
    with archive.session() as s:
        li = users.user_by_name(s, "li")
        corrections.correct_category(s, corrected, li.id, "billing", NOW)
        corrections.correct_category(s, confirmed, li.id, "repair", NOW)
    page = agent.sees("/calls?category=billing")
    assert shown(page) == [corrected, billing]
    assert "人工改过" in row_of(page, corrected)
    assert "人工" not in row_of(page, billing)
    page = agent.sees("/calls?category=repair")
    assert shown(page) == [confirmed]
    assert "人工确认" in row_of(page, confirmed)
    assert "没有符合条件的通话" in agent.sees("/calls?category=praise")


def test_what_the_machine_was_not_sure_of_waits_for_a_person(agent, exchange, archive) -> None:
    exchange.call(*PASSAGE, category="repair", confidence=0.9)
    doubtful = exchange.call("那个东西怎么弄", category="other", confidence=0.4)
    looked_at = exchange.call("电压低", category="repair", confidence=0.4)
    with archive.session() as s:
        corrections.correct_category(s, looked_at, users.user_by_name(s, "li").id, "repair", NOW)
    page = agent.sees("/calls?unsure=1")
    assert shown(page) == [doubtful]
    assert "共 1 通" in page
    assert shown(agent.sees("/calls?unsure=1&category=billing")) == []


def test_only_the_urgent_ones(agent, exchange) -> None:
    urgent = exchange.call(*PASSAGE, category="repair", urgency="urgent")
    exchange.call("电费太高了", category="billing")
    assert shown(agent.sees("/calls?urgent=1")) == [urgent]


def test_every_state_of_a_call_can_be_asked_for(agent, exchange, archive) -> None:
    at = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    ready = exchange.call(*PASSAGE, category="repair")
    waiting = exchange.call()
    set_aside = exchange.call()
    recording = f"rec{exchange.taken:04}"
    with archive.session() as s:
        for attempt in range(stages.TRIES):
            assert stages.claim(s, recording, "queued", at + timedelta(minutes=attempt))
            stages.failed_attempt(s, recording, "the model stumbled", at + timedelta(minutes=attempt))
    on_the_line = exchange.call(ended=False)
    with archive.session() as s:
        silent = ledger.open_call(
            s, call_id="silent", channel_id="ch-silent", node="main", caller="", line="95598", at=at
        ).id
        ledger.request_recording(s, call_id=silent, side="caller", recording_id="recsilent", at=at)
        ledger.absent(s, "recsilent", "the caller left before it began", at)
        ledger.close_call(s, silent, "hung-up", at)
    states = {
        "ready": ready,
        "waiting": waiting,
        "set-aside": set_aside,
        "in-progress": on_the_line,
        "no-recording": silent,
    }
    assert {state: shown(agent.sees(f"/calls?state={state}")) for state in states} == {
        state: [call] for state, call in states.items()
    }
    page = agent.sees("/calls")
    for state, said in (
        ("waiting", "等转写"),
        ("set-aside", "待人工"),
        ("in-progress", "通话中"),
        ("no-recording", "无录音"),
    ):
        assert said in row_of(page, states[state])
    assert "号码未显示" in row_of(page, silent)
    assert "故障报修" in row_of(page, waiting), "what the caller chose, while nothing is understood yet"


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        (["main"], "中途挂机"),
        (["main", "repair"], "按键选了 故障报修"),
        (["main", "repair", "main"], "按键选了 故障报修"),
        ([], "中途挂机"),
    ],
)
def test_a_call_without_words_says_what_was_chosen_by_key_or_else_how_it_ended(agent, archive, entered, said) -> None:
    with archive.session() as s:
        ledger.open_call(s, call_id="brief", channel_id="ch-brief", node="main", caller="", line="95598", at=NOW)
        for flow in entered:
            ledger.entered(s, "brief", flow, NOW)
        ledger.close_call(s, "brief", "hung-up", NOW)
    row = row_of(agent.sees("/calls"), "brief")
    words = re.sub(r"<span class=.en.[^>]*>[^<]*</span>|<[^>]+>", "", row[row.index('class="words"') :])
    assert " ".join(words.split()).partition(">")[2].strip().startswith(said)


@pytest.mark.parametrize(
    ("settle", "spoke", "state"),
    [
        ("failed", True, "set-aside"),
        ("failed", False, "set-aside"),
        ("absent", True, "set-aside"),
        ("absent", False, "no-recording"),
    ],
)
def test_a_message_that_could_not_be_kept_needs_a_person(agent, archive, settle, spoke, state) -> None:
    ids = {"call_id": "lost", "channel_id": "ch-lost"}
    with archive.session() as s:
        ledger.open_call(s, **ids, node="main", caller="", line="95598", at=NOW)
        ledger.request_recording(s, call_id="lost", side="caller", recording_id="reclost", at=NOW)
        if spoke:
            ledger.mark_message(s, recording_id="reclost", flow="repair", start=1.0, end=5.0, ended_by="key")
        getattr(ledger, settle)(s, "reclost", "the disk was full", NOW)
        ledger.close_call(s, "lost", "reported", NOW)
    assert shown(agent.sees(f"/calls?state={state}")) == ["lost"]
    other = ({"set-aside", "no-recording"} - {state}).pop()
    assert shown(agent.sees(f"/calls?state={other}")) == []


def test_a_hundred_calls_are_read_in_pages_without_a_gap_and_back(agent, exchange, archive) -> None:
    at = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    with archive.session() as s:
        for number in range(120):  # three a second: a page may end between calls of the same moment
            call_id = f"many{number:03}"
            moment = at + timedelta(seconds=number // 3)
            ledger.open_call(s, call_id=call_id, channel_id=call_id, node="main", caller="", line="", at=moment)
    expected = [f"many{number:03}" for number in reversed(range(120))]
    page, seen = agent.sees("/calls"), []
    assert "共 120 通" in page
    while True:
        seen += shown(page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        if not further:
            break
        page = agent.sees(further[1].replace("&amp;", "&"))
    assert seen == expected
    back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert back
    assert shown(agent.sees(back[1].replace("&amp;", "&"))) == expected[50:100]


def test_the_way_back_from_a_call_leads_to_its_page_of_the_list(agent, exchange, monkeypatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    for _ in range(5):
        exchange.call(*PASSAGE, category="repair")
    second = re.search(r'rel="next" href="([^"]+)"', agent.sees("/calls?q=停电"))
    assert second
    page = agent.sees(second[1].replace("&amp;", "&"))
    assert shown(page) == ["call0003", "call0002"]
    link = re.search(r'href="(/calls/call0002[^"]*)"', page)
    assert link
    call = agent.sees(link[1].replace("&amp;", "&"))
    corrected = agent.sends(
        re.search(r'action="(/calls/call0002[^"]*)"', call)[1].replace("&amp;", "&"),
        page=link[1].replace("&amp;", "&"),
        category="billing",
    ).text
    older = re.search(r'id="older"[^>]*href="([^"]+)"', call)
    assert older
    for further in (call, corrected, agent.sees(older[1].replace("&amp;", "&"))):
        back = re.search(r'href="(/calls\?[^"#]+)#call-call000[12]">←', further)
        assert back
        assert shown(agent.sees(back[1].replace("&amp;", "&"))) == ["call0003", "call0002"]


def test_links_of_the_list_keep_its_filters(agent, exchange) -> None:
    call = exchange.call(*PASSAGE, category="repair")
    page = agent.sees("/calls?q=停电&category=repair&state=ready&day=2026-03-02")
    link = re.search(rf'href="(/calls/{call}[^"]*)"', page)
    assert link
    for kept in ("category=repair", "day=2026-03-02", "state=ready", "q=%E5%81%9C%E7%94%B5"):
        assert kept in link[1]
    assert 'value="2026-03-02"' in page
    assert '<option value="ready" selected>' in page


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("category=power", "power"),
        ("state=asleep", "asleep"),
        ("day=yesterday", "yesterday"),
        ("day=0001-01-01", "0001-01-01"),
        ("day=9999-12-31", "9999-12-31"),
        ("urgent=maybe", "maybe"),
        ("q=" + "停" * 101, "停停停"),
        ("category=<script>", "&lt;script&gt;"),
    ],
)
def test_a_filter_that_means_nothing_is_named_in_a_page_of_our_own(agent, address, named) -> None:
    page = agent.sees(f"/calls?{address}", status=400)
    assert named in page
    assert "连心热线" in page
    assert "<script>" not in page


def test_a_page_after_a_call_that_never_was_is_not_found(agent) -> None:
    assert "没有这通通话" in agent.sees("/calls?after=never", status=404)


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ({}, "SCAN listed"),
        ({"category": "repair"}, "SEARCH listed USING COVERING INDEX ix_listed_category"),
        ({"state": "waiting"}, "SEARCH listed USING COVERING INDEX ix_listed_state"),
        ({"urgent": "1", "state": "ready"}, "SEARCH listed USING COVERING INDEX"),
        ({"day": "2026-03-02", "urgent": "1"}, "SEARCH listed USING COVERING INDEX ix_listed_urgent"),
        ({"q": "停电"}, "SCAN call_words VIRTUAL TABLE"),
        ({"q": "停电", "category": "repair", "day": "2026-03-02"}, "SCAN call_words VIRTUAL TABLE"),
    ],
)
def test_a_page_comes_straight_out_of_an_index_and_is_never_sorted(archive, address, first) -> None:
    filters = Filters.parse(address)
    with archive.reading() as s:
        wanted = matching(s, filters, ZoneInfo("Asia/Shanghai")).order_by(queries._place(filters).desc()).limit(51)
        query = wanted.compile(s.connection(), compile_kwargs={"literal_binds": True})
        steps = [row.detail for row in s.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}".replace("%", "%%"))]
    assert steps[0].startswith(first), steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps
