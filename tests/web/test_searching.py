"""Finding calls by words, numbers and sound."""

import re

import pytest
from sqlalchemy import delete, text

from recordings import ledger
from recordings.tables import Listed, Transcript
from tests.web.test_list import NOW, PASSAGE, row_of, shown
from web.calls import facets


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("停电", ["call0001"]),
        ("停电了已经", ["call0001"]),
        ("停电 三个小时", ["call0001"]),
        ("停电了，已经", ["call0001"]),
        ("停电　三个", ["call0001"]),
        ("１３９１１１１", ["call0001"]),
        ("１００００２", ["call0002"]),
        ("ＵＰＳ", ["call0002"]),
        ("139-1111-2222", ["call0001"]),
        ("139 1111 2222", ["call0001"]),
        ("+8613911112222", ["call0001"]),
        ("+86-139-1111-2222", ["call0001"]),
        ("008613911112222", ["call0001"]),
        ("8613911112222", ["call0001"]),
        ("+86 139 1111 2222", ["call0001"]),
        ("+86", []),
        ("-", []),
        ("停电 电费", []),
        ("停电 已经 三个 小时 家里 电费", []),
        ("停电 已经 三个 小时 家里 停电 了", ["call0001"]),
        (" ".join("家里停电了已经三个小时" * 4), ["call0001"]),
        ("100002", ["call0002"]),
        ("1391111", ["call0001"]),
        ("%", ["call0002"]),
        ("_", []),
        ("100_02", []),
        ("' OR 1=1 --", []),
        ("ups", ["call0002"]),
        ("\\", []),
    ],
)
def test_search_finds_words_case_numbers_and_callers_and_nothing_else(agent, exchange, search, found) -> None:
    exchange.call(*PASSAGE, category="repair", caller="13911112222")
    exchange.call("涨了50%还多", "UPS也坏了", category="billing")
    page = agent.client.get("/calls", query_string={"q": search}).text
    assert shown(page) == found


def test_what_was_searched_for_is_marked_even_deep_in_the_transcript(agent, exchange) -> None:
    exchange.call("喂" * 80, "变压器冒烟了", category="repair", caller="13911112222")
    assert "<mark>冒烟</mark>" in agent.sees("/calls?q=冒烟")
    assert "<mark>1391</mark>1112222" in agent.sees("/calls?q=1391")
    assert "<mark>13911112222</mark>" in agent.client.get("/calls", query_string={"q": "+86139-1111-2222"}).text
    assert "<mark>100001</mark>" in agent.sees("/calls?q=100001")


def test_only_the_newest_transcript_of_a_recording_is_searched(agent, exchange, archive) -> None:
    call = exchange.call("电费太高了", category="billing")
    with archive.session() as s:
        s.add(Transcript(recording_id="rec0001", model="better", made_at=NOW, text="停电了"))
    assert shown(agent.sees("/calls?q=电费")) == []
    assert shown(agent.sees("/calls?q=停电")) == [call]


def test_counting_a_search_stops_where_nobody_reads_on(agent, exchange, monkeypatch) -> None:
    monkeypatch.setattr(facets, "SAMPLE", 2)
    for _ in range(3):
        exchange.call("家里停电了", category="repair")
    page = agent.sees("/calls?q=停电")
    assert "3 通以上" in page
    assert '<span class="tally">2+</span>' in page
    assert "共 3 通" in agent.sees("/calls")


@pytest.mark.parametrize("search", ["停店", "家里停点", "tingdian", "jialitingdianle"])
def test_words_that_sound_alike_are_found_and_marked_with_their_second(agent, exchange, search) -> None:
    call = exchange.call("喂喂您好", "家里停电了", category="repair")
    exchange.call("电费太高了", category="billing")
    page = agent.sees(f"/calls?q={search}")
    assert shown(page) == [call]
    row = row_of(page, call)
    assert "停电" in re.search(r"<mark>([^<]+)</mark>", row)[1]
    second = float(re.search(r"#t=([0-9.]+)&amp;r=rec0001", row)[1])
    assert second == (3.4 if search in ("停店", "tingdian") else 2.9), "the word's own second, not the call's first"


def test_a_single_sign_is_found_as_it_is_written_and_not_by_its_sound(agent, exchange) -> None:
    call = exchange.call("店里没水", category="other")
    exchange.call("家里停电了", category="repair")
    assert shown(agent.sees("/calls?q=店")) == [call]


def test_a_search_spans_no_two_recordings_and_no_two_calls(agent, exchange, archive) -> None:
    call = exchange.call("家里停", category="repair")
    with archive.session() as s:
        ledger.request_recording(s, call_id=call, side="agent", recording_id="agent1", at=NOW)
        s.add(Transcript(recording_id="agent1", model="m", made_at=NOW, text="电话打通了"))
    assert shown(agent.sees("/calls?q=停电")) == []
    assert shown(agent.sees("/calls?q=电话 里停")) == [call]


def test_words_of_a_call_that_was_removed_are_in_the_index_no_more(archive, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        assert s.scalar(text("SELECT count(*) FROM call_words WHERE call_words MATCH '停电'")) == 1
        s.execute(delete(Listed))
        assert s.scalar(text("SELECT count(*) FROM call_words")) == 0
