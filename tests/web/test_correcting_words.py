"""Correcting what the machine heard: in the text, in the search, in what is learnt from; and taking it back."""

import re

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from recordings import users
from recordings.labels import labelled_calls
from recordings.sealing import Seal
from recordings.tables import Audit, Correction, Event, Note, Transcript, Turn, TurnCorrection
from recordings.turn_texts import LONGEST
from tests.web.conftest import NOON, PASSWORD, ZONE, Agent
from tests.web.reading import plain
from web.app import create_app


@pytest.fixture
def call(exchange) -> str:
    """One turn: words of two signs, 家里 停电 三小 时了."""
    return exchange.call("家里停电三小时了", category="repair", evidence=("停电",))


@pytest.fixture
def repaired(exchange, archive) -> str:
    """A call in whose turn the vocabulary put 阳光 right, where 洋光 was heard."""
    found = exchange.call("我住阳光三栋", category="repair")
    with archive.session() as s:
        turn = newest_turn(s)
        turn.words = [{**word, "heard": "洋光"} if word["word"] == "阳光" else word for word in turn.words]
    return found


def newest_turn(s) -> Turn:
    return s.scalars(select(Turn).order_by(Turn.id.desc()).limit(1)).one()


def turn_id(archive) -> int:
    with archive.reading() as s:
        return newest_turn(s).id


def says(agent: Agent, call: str, turn: int, **fields: str):
    return agent.sends(f"/calls/{call}/turns/{turn}/text", page=f"/calls/{call}", **fields)


def said(page: str) -> list[str]:
    """The turns as they are read; the words of a number stand underneath, out of sight."""
    read = re.sub(r'<span class="as-said">.*?</span>', "", page)
    return [plain(found) for found in re.findall(r'<p class="said">(.*?)</p>', read, re.DOTALL)]


def test_a_corrected_turn_is_read_and_the_machines_words_stay_beside_it(agent, archive, call) -> None:
    answer = says(agent, call, turn_id(archive), text="家里停水三小时了")
    assert answer.request.path == f"/calls/{call}"
    assert said(answer.text) == ["家里停水三小时了。"]
    assert "这句已改" in answer.text
    assert re.search(r"li \d+月\d+日 \d\d:\d\d 改，机器听到： .*家里停电三小时了", plain(answer.text))
    with archive.reading() as s:
        assert newest_turn(s).text == "家里停电三小时了", "what the machine heard is kept"
        assert s.scalars(select(Transcript.text)).one() == "家里停电三小时了"
        row = s.scalars(select(TurnCorrection)).one()
        assert (row.before, row.after) == ("家里停电三小时了", "家里停水三小时了")
        assert s.scalars(select(Event.kind).order_by(Event.id.desc())).first() == "text-corrected"
        audit = s.scalars(select(Audit).where(Audit.action == "correcting_words.turn")).one()
        assert audit.target.split() == [call, str(row.turn_id)]


def test_every_word_keeps_its_second(agent, archive, call) -> None:
    page = says(agent, call, turn_id(archive), text="我家里停水三小时").text
    words = re.findall(r'<span class="word" data-start="([\d.]+)"[^>]*>(.*?)</span>', page)
    assert [(start, plain(word)) for start, word in words] == [
        ("1.00", "我家里"), ("1.50", "停水"), ("2.00", "三小"), ("2.50", "时"),
    ]  # fmt: skip
    assert 'data-start="1.50" data-end="1.90"><mark class="cited">停水</mark>' in page


def test_it_is_found_by_what_people_heard_and_not_by_what_the_machine_did(agent, archive, call) -> None:
    says(agent, call, turn_id(archive), text="家里停水三小时了")
    assert f"/calls/{call}" in agent.sees("/calls?q=停水")
    assert f"/calls/{call}" not in agent.sees("/calls?q=停电")
    assert "<mark>停水</mark>" in agent.sees(f"/calls/{call}?q=停水").replace(' class="cited"', "")
    moment = re.search(rf'/calls/{call}[^"]*#t=([\d.]+)', agent.sees("/calls?q=停水"))
    assert moment
    assert moment[1] == "1.50"


def test_what_people_heard_is_what_is_learnt_from(agent, archive, call) -> None:
    says(agent, call, turn_id(archive), text="家里停水三小时了")
    agent.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="service")
    with archive.reading() as s:
        [label] = labelled_calls(s)
    assert (label.text, label.category) == ("家里停水三小时了", "service")


def test_taking_it_back_is_a_correction_too_and_the_undo_goes_both_ways(agent, archive, call) -> None:
    turn = turn_id(archive)
    says(agent, call, turn, text="家里停水三小时了")
    for back, then in (("家里停电三小时了", "家里停水三小时了"), ("家里停水三小时了", "家里停电三小时了")):
        page = agent.sees(f"/calls/{call}")
        offered = re.search(r'id="undo-last" name="text" value="([^"]+)"', page)
        assert offered
        assert offered[1] == back
        assert said(says(agent, call, turn, text=offered[1]).text) == [f"{back}。"]
        assert f'value="{then}"' in agent.sees(f"/calls/{call}")
    back = says(agent, call, turn, instead="家里停电三小时了", text="家里停水三小时了")
    assert said(back.text) == ["家里停电三小时了。"]
    assert "机器听到：" not in back.text
    with archive.reading() as s:
        assert len(s.scalars(select(TurnCorrection)).all()) == 4


def test_only_ones_own_last_correction_is_offered_to_be_undone(agent, archive, someone, call) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang = someone()
    wang.signs_in("wang")
    says(agent, call, turn_id(archive), text="家里停水三小时了")
    assert "undo-last" in agent.sees(f"/calls/{call}")
    assert "undo-last" not in wang.sees(f"/calls/{call}")
    wang.sends(f"/calls/{call}/category", page=f"/calls/{call}", category="billing")
    assert "undo-last" not in agent.sees(f"/calls/{call}"), "a colleague's came after it"
    assert re.search(r'id="undo-last" name="category" value="repair"', wang.sees(f"/calls/{call}"))


def test_the_second_of_two_reviewers_is_told_what_the_first_wrote(agent, archive, someone, call) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang, turn = someone(), turn_id(archive)
    wang.signs_in("wang")
    says(wang, call, turn, text="家里停气三小时了", seen="0")
    page = says(agent, call, turn, text="家里停水三小时了", seen="0").text
    assert "刚才wang也改过这句：“家里停气三小时了”" in plain(page)
    assert said(page) == ["家里停水三小时了。"]
    with archive.reading() as s:
        first, second = s.scalars(select(TurnCorrection).order_by(TurnCorrection.id))
    assert (second.before, second.after) == (first.after, "家里停水三小时了")


@pytest.mark.parametrize(("text", "why"), [("", "1 到"), (" \n ", "1 到"), ("停" * (LONGEST + 1), "1 到")])
def test_what_cannot_be_kept_changes_nothing(agent, archive, call, text, why) -> None:
    page = says(agent, call, turn_id(archive), text=text).text
    assert "没有保存" in page
    assert why in page
    assert said(page) == ["家里停电三小时了。"]


def test_the_same_words_are_no_correction(agent, archive, call) -> None:
    assert "没有改动" in says(agent, call, turn_id(archive), text=" 家里停电 三小时了").text
    with archive.reading() as s:
        assert s.scalars(select(TurnCorrection)).all() == []


def test_a_turn_of_another_call_or_of_none_is_not_found(agent, archive, exchange, call) -> None:
    own = turn_id(archive)
    other = exchange.call("电费太高了", category="billing")
    assert says(agent, other, own, text="别的").status_code == 404
    assert says(agent, call, 999, text="别的").status_code == 404
    assert agent.sends(f"/calls/none/turns/{own}/text", page=f"/calls/{call}", text="别的").status_code == 404


def test_words_that_look_like_markup_are_words(agent, archive, call) -> None:
    page = says(agent, call, turn_id(archive), text="<b>停电</b>&\"'").text
    assert "<b>停电" not in page
    assert said(page) == ["&lt;b&gt;停电&lt;/b&gt;&amp;&#34;&#39;。"]


def test_what_is_typed_is_masked_as_what_is_said(archive, exchange) -> None:
    app = create_app(archive, secret_key="for these tests", zone=ZONE, seal=Seal(Fernet.generate_key().decode()))
    li = Agent(app.test_client())
    li.signs_in()
    call = exchange.call("家里停电三小时了", category="repair")
    page = says(li, call, turn_id(archive), text="我的手机是13812345678").text
    assert "13812345678" not in page
    assert "〔手机〕" in said(page)[0]
    with archive.reading() as s:
        assert "13812345678" not in s.scalars(select(TurnCorrection.after)).one()


def test_a_repair_of_the_vocabulary_is_taken_back_with_one_click_and_put_right_again(agent, archive, repaired) -> None:
    page = agent.sees(f"/calls/{repaired}")
    assert said(page) == ["我住阳光3栋。"]
    assert "词表改写，听到“洋光”" in plain(page)
    turn = turn_id(archive)
    for shown, offer in (("我住洋光3栋。", "改成词表的“阳光”"), ("我住阳光3栋。", "改回“洋光”")):
        form = re.search(
            r'action="([^"]+/repair)".*?name="at" value="(\d+)".*?name="to" value="(\w+)"',
            agent.sees(f"/calls/{repaired}"),
            re.DOTALL,
        )
        assert form
        for answer in ("这句已改", "没有改动"):  # a double click says the same twice
            page = agent.sends(form[1], page=f"/calls/{repaired}", at=form[2], to=form[3]).text
            assert said(page) == [shown]
            assert offer in plain(page)
            assert answer in plain(page)
    with archive.reading() as s:
        assert [(row.turn_id, row.after) for row in s.scalars(select(TurnCorrection).order_by(TurnCorrection.id))] == [
            (turn, "我住洋光三栋"), (turn, "我住阳光三栋"),
        ]  # fmt: skip
        audits = s.scalars(select(Audit.user_id).where(Audit.action == "correcting_words.repair")).all()
    assert len(audits) == 4


@pytest.mark.parametrize("at", ["0", "99", "-1", "x", ""])
def test_only_a_word_that_was_put_right_can_be_taken_back(agent, archive, repaired, at) -> None:
    form = f"/calls/{repaired}/turns/{turn_id(archive)}/repair"
    assert agent.sends(form, page=f"/calls/{repaired}", at=at, to="heard").status_code == 400
    with archive.reading() as s:
        assert s.scalars(select(TurnCorrection)).all() == []


def test_numbers_are_read_as_people_write_them_with_the_words_underneath(agent, exchange) -> None:
    call = exchange.call("户号是三二零四五六", category="billing")
    page = agent.sees(f"/calls/{call}")
    assert '<span class="as-read">是320456</span><span class="as-said">是三二零四五六</span>' in page
    assert 'data-start="1.' in page


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("turns/{turn}/text", {"text": "家里停水三小时了"}),
        ("facts", {"fact": "money", "text": "三百块"}),
        ("notes", {"text": "已回电"}),
        ("category", {"category": "billing"}),
    ],
)
def test_where_the_address_is_wrong_that_is_said_before_anything_is_kept(agent, archive, call, form, fields) -> None:
    address = f"/calls/{call}/{form.format(turn=turn_id(archive))}?state=nonsense"
    assert agent.sends(address, page=f"/calls/{call}", **fields).status_code == 400
    with archive.reading() as s:
        kept = [s.scalars(select(table)).all() for table in (TurnCorrection, Correction, Note)]
    assert kept == [[], [], []]
