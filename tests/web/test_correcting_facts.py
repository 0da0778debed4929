"""Correcting what counts of a call: a fact that is not so, that is something else, or that the machine missed."""

import re

import pytest
from sqlalchemy import select

from recordings import users
from recordings.fact_words import LONGEST
from recordings.tables import Audit, Correction, StoredFact, Transcript
from tests.web.conftest import NOON, PASSWORD
from tests.web.reading import history, plain


@pytest.fixture
def call(exchange, archive) -> str:
    """A call in which the machine found an amount at second 2."""
    found = exchange.call("多收了三百块", category="billing")
    with archive.session() as s:
        transcript = s.scalars(select(Transcript)).one()
        s.add(StoredFact(transcript_id=transcript.id, kind="money", text="三百块", value="300", start=3, second=2.0))
    return found


def says(agent, call: str, **fields: str):
    return agent.sends(f"/calls/{call}/facts", page=f"/calls/{call}", **fields)


def facts(page: str) -> list[str]:
    """What the card of facts shows, without the forms and without spaces."""
    card = re.search(r'id="said">.*?</section>', page, re.DOTALL)
    assert card
    shown = re.sub(r"<details.*?</details>", "", card[0], flags=re.DOTALL)
    return [plain(found).replace(" ", "") for found in re.findall(r"<dd.*?</dd>", shown, re.DOTALL)]


def test_a_fact_stands_with_its_figure_and_its_second(agent, call) -> None:
    page = agent.sees(f"/calls/{call}")
    assert facts(page) == ["三百块3000:02"]
    assert 'class="mark is-fact"' in page
    assert 'data-of="rec0001" data-seek="2.00"' in page


def test_what_is_not_so_is_struck_and_can_be_put_back(agent, archive, call) -> None:
    page = says(agent, call, fact="money", said="三百块", text="三百块", instead="").text
    assert facts(page) == ["三百块li说不对notso,saysli0:02"]
    assert 'class="mark is-fact"' not in page
    assert facts(says(agent, call, fact="money", said="三百块", instead="三百块", text="x").text)[0].startswith(
        "三百块300"
    )
    with archive.reading() as s:
        rows = s.scalars(select(Correction).order_by(Correction.id)).all()
        assert [(r.field, r.before, r.after) for r in rows] == [
            ("fact:money", "三百块", ""),
            ("fact:money", "三百块", "三百块"),
        ]
        assert s.scalars(select(StoredFact.text)).one() == "三百块"
        assert len(s.scalars(select(Audit).where(Audit.action == "correcting_facts.say")).all()) == 2


def test_what_is_something_else_is_written_anew(agent, call) -> None:
    page = says(agent, call, fact="money", said="三百块", text="三百二十块").text
    assert facts(page) == ["三百二十块0:02li写的byli"]
    assert 'is-fact" href="/calls/call0001/audio/rec0001.wav#t=2.00"' in page


def test_what_the_machine_missed_is_added_and_can_be_withdrawn(agent, call) -> None:
    page = says(agent, call, fact="call-back", text=" 晚上  再打 ").text
    assert facts(page)[1] == "晚上再打li写的byli"
    page = says(agent, call, fact="call-back", said="晚上 再打", instead="").text
    assert "li说不对" in facts(page)[1]


def test_facts_are_no_words_on_the_category(agent, call) -> None:
    page = says(agent, call, fact="money", said="三百块", instead="").text
    assert history(page) == "机器：电费 92 %"
    assert "人工改过" not in agent.sees("/calls")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"fact": "weather", "text": "x"}, 400),
        ({"text": "x"}, 400),
        ({"fact": "money", "text": " "}, 200),
        ({"fact": "money", "text": "9" * (LONGEST + 1)}, 200),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(agent, archive, call, fields, status) -> None:
    answer = says(agent, call, **fields)
    assert answer.status_code == status
    assert "没有保存" in answer.text or status == 400
    with archive.reading() as s:
        assert s.scalars(select(Correction)).all() == []


def test_a_call_that_is_not_there_has_no_facts(agent, call) -> None:
    assert agent.sends("/calls/none/facts", page=f"/calls/{call}", fact="money", text="x").status_code == 404


def test_words_that_look_like_markup_are_words(agent, call) -> None:
    assert "<b>3" not in says(agent, call, fact="money", text="<b>3</b>").text


def test_who_is_overtaken_is_told_what_the_other_wrote(agent, archive, someone, call) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang = someone()
    wang.signs_in("wang")
    shown = re.search(
        r'name="said" value="三百块"><input type="hidden" name="seen" value="(\d+)"', agent.sees(f"/calls/{call}")
    )
    assert shown
    assert "刚才" not in says(wang, call, fact="money", said="三百块", text="三百二十块", seen=shown[1]).text
    page = says(agent, call, fact="money", said="三百块", text="三百五十块", seen=shown[1]).text
    assert "刚才wang也改过这一条：“三百二十块”" in plain(page)
    assert facts(page)[0].startswith("三百五十块")


def undo_offered(page: str) -> dict[str, str] | None:
    """What the undo would send; None where none is offered."""
    form = re.search(r'<div class="undo" id="undo">(.*?)</div>', page, re.DOTALL)[1]
    if not form:
        return None
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    name, value = re.search(r'id="undo-last" name="(\w+)" value="([^"]*)"', form).groups()
    return {**fields, name: value}


def test_a_word_on_a_fact_is_taken_back_as_everything_else_is(agent, archive, call) -> None:
    page = says(agent, call, fact="money", said="三百块", text="三百二十块").text
    offered = undo_offered(page)
    assert (offered["fact"], offered["said"], offered["instead"]) == ("money", "三百块", "三百块")
    assert "金额改回“三百块”" in page
    page = says(agent, call, **offered).text
    assert facts(page)[0].startswith("三百块300")
    assert undo_offered(page)["instead"] == "三百二十块", "and taking that back is one more"


def test_a_fact_that_was_added_is_taken_out_again(agent, call) -> None:
    page = says(agent, call, fact="danger", text="冒烟").text
    offered = undo_offered(page)
    assert "“冒烟”" in re.search(r'id="undo-last".*?</button>', page, re.DOTALL)[0]
    assert "冒烟说不对" in facts(says(agent, call, **offered).text)[-1].replace("li", "")


def test_what_a_colleague_said_of_a_fact_is_not_offered_to_be_undone(agent, archive, someone, call) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang = someone()
    wang.signs_in("wang")
    says(agent, call, fact="money", said="三百块", text="三百二十块")
    assert undo_offered(wang.sees(f"/calls/{call}")) is None
    assert undo_offered(agent.sees(f"/calls/{call}"))
