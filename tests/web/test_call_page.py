"""The page of one call: what is read, what is marked, and correcting it in one click."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from recordings import ledger, stages
from recordings.tables import Message, Turn
from tests.web.reading import history, plain

PASSAGES = ("家里停电了", "已经三个小时")
AT = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


def test_the_facts_stand_at_the_top(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair", urgency="urgent", caller="13911112222")
    page = plain(agent.sees(f"/calls/{call}"))
    for said in ("100001", "13911112222", "2026年3月2日 周一 12:01:00", "1:15", "已报修", "主菜单", "故障报修", "紧急"):
        assert said in page


def test_a_word_of_the_vocabulary_says_what_was_heard(agent, exchange, archive) -> None:
    call = exchange.call("我住阳光花园", category="repair")
    assert "词表改写" not in agent.sees(f"/calls/{call}")
    with archive.session() as s:
        turn = s.scalars(select(Turn).join(Turn.transcript).order_by(Turn.id.desc()).limit(1)).one()
        turn.words = [{**word, "heard": "阳光化元"} if at == 0 else word for at, word in enumerate(turn.words)]
    assert "词表改写，听到“阳光化元”" in plain(agent.sees(f"/calls/{call}"))


def test_every_word_carries_its_times_and_every_turn_a_link_to_its_second(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    page = agent.sees(f"/calls/{call}")
    words = re.findall(r'<span class="word" data-start="([\d.]+)" data-end="([\d.]+)">(.*?)</span>', page)
    assert [word for *_, word in words] == ["家里", "停电", "了", "已经", "三个", "小时"]
    assert words[0][:2] == ("1.00", "1.40")
    assert f'href="/calls/{call}/audio/rec0001.wav#t=1.00"' in page
    assert f'href="/calls/{call}/audio/rec0001.wav#t=3.40"' in page


def test_messages_are_set_apart_and_say_how_they_ended(agent, exchange, archive) -> None:
    call = exchange.call("喂", *PASSAGES, category="repair")
    with archive.session() as s:
        message = s.scalars(select(Message)).one()
        message.start, message.end, message.ended_by = 2.0, 5.0, "hang-up"
        ledger.mark_message(s, recording_id="rec0001", flow="person", start=9.0, end=10.0, ended_by="silence")
    page = agent.sees(f"/calls/{call}")
    stretches = [plain(found) for found in re.split(r'<div class="stretch', page)[1:]]
    assert len(stretches) == 4
    assert "留言之外" in stretches[0]
    assert "故障报修" in stretches[1]
    assert "挂机结束" in stretches[1]
    assert "家里停电了" in stretches[1]
    assert "留言之外" in stretches[2], "what was said after the message ended"
    assert "人工留言" in stretches[3]
    assert "没有听出话" in stretches[3]


def test_evidence_is_listed_with_its_second_and_marked_in_the_words(agent, exchange) -> None:
    call = exchange.call(
        *PASSAGES, category="repair", second="complaint", confidence=0.918, evidence=("停电了", "个小")
    )
    page = agent.sees(f"/calls/{call}")
    assert history(page) == "机器：报修 92 %，也像 投诉"
    assert re.findall(r'data-seek="([\d.]+)" data-of="rec0001"><q>(.*?)</q>', page) == [
        ("1.50", "停电了"),
        ("3.90", "个小"),
    ]
    words = re.findall(r'<span class="word"[^>]*>(.*?)</span>', page)
    cited = '<mark class="cited">'
    assert words == [
        "家里",
        f"{cited}停电</mark>",
        f"{cited}了</mark>",
        "已经",
        f"三{cited}个</mark>",
        f"{cited}小</mark>时",
    ]


def test_an_urgent_call_names_the_words_that_raised_it(agent, exchange) -> None:
    passages = ("电线掉下来了", "家里也停电了")
    urgent = exchange.call(*passages, category="repair", urgency="urgent", evidence=("电线掉下来", "停电"))
    page = agent.sees(f"/calls/{urgent}")
    why = re.search(r'<p class="urgent-why">(.*?)</p>', page, re.DOTALL)
    assert why
    assert "电线掉下来" in why[1]
    assert "停电" not in why[1]
    unnamed = exchange.call("家里停电了", category="repair", urgency="urgent", evidence=("停电",))
    assert "机器判断要先处理" in agent.sees(f"/calls/{unnamed}")
    normal = exchange.call("没有电线掉下来", category="repair", evidence=("电线掉下来",))
    assert "urgent-why" not in agent.sees(f"/calls/{normal}")


def test_what_was_searched_for_is_marked_in_the_transcript(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    page = agent.sees(f"/calls/{call}?q=三个")
    assert "<mark>三个</mark>" in page


def test_the_calls_before_and_after_are_those_of_the_list(agent, exchange) -> None:
    oldest = exchange.call(*PASSAGES, category="repair")
    exchange.call("电费太高了", category="billing")
    middle = exchange.call(*PASSAGES, category="repair")
    exchange.call("电费太高了", category="billing")
    newest = exchange.call(*PASSAGES, category="repair")
    page = agent.sees(f"/calls/{middle}?category=repair&q=停电")
    newer = re.search(r'id="newer"[^>]*href="([^"]+)"', page)
    older = re.search(r'id="older"[^>]*href="([^"]+)"', page)
    assert newer
    assert older
    assert newer[1].startswith(f"/calls/{newest}?category=repair&amp;q=")
    assert older[1].startswith(f"/calls/{oldest}?category=repair&amp;q=")
    end = agent.sees(f"/calls/{oldest}?category=repair")
    assert 'id="older"' not in end
    assert 'id="newer"' in end


def test_the_timeline_names_what_happened(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair")
    page = plain(agent.sees(f"/calls/{call}"))
    timeline = page[page.index("经过 Events") :]
    happened = ["来电", "接通", "进入", "开始录音", "开立受理编号", "结束", "录音入档", "转写完成", "机器分类"]
    places = [timeline.index(said) for said in happened]
    assert places == sorted(places)
    assert "rec0001" not in timeline


@pytest.mark.parametrize(
    ("settle", "said"),
    [
        ("absent", "这一段没有录音"),
        ("failed", "录音文件有问题"),
    ],
)
def test_a_recording_that_never_came_says_why(agent, archive, settle, said) -> None:
    with archive.session() as s:
        ledger.open_call(s, call_id="lost", channel_id="ch-lost", node="main", caller="", line="95598", at=AT)
        ledger.request_recording(s, call_id="lost", side="caller", recording_id="reclost", at=AT)
        getattr(ledger, settle)(s, "reclost", "the disk was full", AT)
        ledger.close_call(s, "lost", "hung-up", AT)
    page = agent.sees("/calls/lost")
    assert said in page
    assert "the disk was full" in page
    assert "<audio" not in page
    assert "没有受理编号" in page
    assert "中途挂机" in page


def test_a_call_set_aside_says_what_the_trouble_was_and_can_still_be_heard(agent, exchange, archive) -> None:
    call = exchange.call()
    with archive.session() as s:
        for attempt in range(stages.TRIES):
            at = AT + timedelta(minutes=attempt)
            assert stages.claim(s, "rec0001", "queued", at)
            stages.failed_attempt(s, "rec0001", "the model stumbled", at)
    page = agent.sees(f"/calls/{call}")
    assert "待人工" in page
    assert "the model stumbled" in page
    assert "<audio" in page
    tried = agent.sends(f"/calls/{call}/recordings/rec0001/again", f"/calls/{call}")
    page = tried.text
    assert "已重新排队" in page
    assert "重新排队转写" in page
    assert "再转写一次" not in page
    assert "等转写" in page
    with archive.session() as s:
        assert stages.stalled(s, AT, AT + timedelta(days=9999)) == ["rec0001"]
    again = agent.sends(f"/calls/{call}/recordings/rec0001/again", f"/calls/{call}")
    assert "已经在处理" in again.text
    other = exchange.call()
    assert agent.sends(f"/calls/{other}/recordings/rec0001/again", f"/calls/{call}").status_code == 404


def test_a_silent_recording_and_a_call_without_any_say_so(agent, exchange, archive) -> None:
    silent = exchange.call()
    exchange.understand("rec0001", (), "other", AT)
    assert "没有听出话来" in agent.sees(f"/calls/{silent}")
    with archive.session() as s:
        ledger.open_call(s, call_id="bare", channel_id="ch-bare", node="main", caller="", line="95598", at=AT)
    assert "没有要求录音" in agent.sees("/calls/bare")


def test_words_that_look_like_markup_are_words(agent, exchange) -> None:
    attack = "<script>alert(1)</script>"
    call = exchange.call(attack, category="repair", caller="<b>1</b>", evidence=("<script>",))
    for page in (agent.sees("/calls"), agent.sees(f"/calls/{call}"), agent.sees("/calls?q=<script>")):
        assert "<script>" not in page
        assert "<b>1" not in page
    assert "&lt;b&gt;1&lt;/b&gt;" in agent.sees(f"/calls/{call}")


def test_nothing_on_the_pages_runs_or_loads_from_elsewhere(agent, exchange) -> None:
    call = exchange.call(*PASSAGES, category="repair", urgency="urgent")
    for page in (agent.sees("/calls"), agent.sees(f"/calls/{call}"), agent.sees("/password")):
        assert not re.search(r"\s(style|on\w+)=", page)
        assert not re.search(r"<script(?![^>]*\ssrc=)", page)
        links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
        assert [link for link in links if link and not link.startswith(("/", "#", "?"))] == []


@pytest.mark.parametrize("address", ["/calls/never", "/calls/never/audio/x.wav", "/nowhere", "/static/none.css"])
def test_what_is_not_there_is_not_found_in_our_own_look(agent, address) -> None:
    page = agent.sees(address, status=404)
    assert "连心热线" in page
    assert "回通话列表" in page
