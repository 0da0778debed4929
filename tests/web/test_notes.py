"""Notes on a call, as colleagues write and read them."""

import re
from collections.abc import Callable

import pytest

from recordings import users
from recordings.archive import Archive
from recordings.tables import Note
from tests.web.conftest import NOON, PASSWORD, Agent, Exchange
from web.notes.moment import read_moment


def notes_card(page: str) -> str:
    return page.partition('id="notes"')[2].partition("</section>")[0]


@pytest.fixture
def wang(archive: Archive, someone: Callable[[], Agent]) -> Agent:
    """A colleague, signed in."""
    with archive.session() as s:
        users.add_user(s, name="wang", password=PASSWORD, at=NOON)
    wang = someone()
    wang.signs_in("wang")
    return wang


def written(archive: Archive) -> list[tuple[str | None, float | None, str]]:
    with archive.reading() as s:
        return [(note.recording_id, note.second, note.text) for note in s.query(Note).order_by(Note.id)]


def test_a_note_on_a_moment_is_read_by_colleagues_with_its_writer_and_leads_there(
    exchange: Exchange, agent: Agent, wang: Agent
) -> None:
    call = exchange.call("停电了", category="repair")
    agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="老人在吸氧，先去这家", at="0:03", recording="rec0001")
    card = notes_card(wang.sees(f"/calls/{call}"))
    assert "老人在吸氧，先去这家" in card
    assert 'data-of="rec0001" data-seek="3.00"' in card
    assert "li " in card
    assert "撤回" not in card, "only the writer may withdraw"


def test_notes_stand_in_the_order_of_their_moments_those_on_the_whole_call_first(
    exchange: Exchange, agent: Agent
) -> None:
    call = exchange.call("停电了", category="repair")
    for text, at in (("late", "0:08"), ("early", "2"), ("whole", "")):
        agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text=text, at=at, recording="rec0001")
    card = notes_card(agent.sees(f"/calls/{call}"))
    assert re.findall(r'noted-text">(\w+)<', card) == ["whole", "early", "late"]


def test_a_form_sent_twice_is_one_note_and_the_same_words_elsewhere_another(
    exchange: Exchange, agent: Agent, archive: Archive
) -> None:
    call = exchange.call("停电了", category="repair")
    for at in ("1", "1", "2"):
        agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="这里", at=at, recording="rec0001")
    assert written(archive) == [("rec0001", 1.0, "这里"), ("rec0001", 2.0, "这里")]


def test_a_withdrawn_note_is_out_of_sight_and_still_in_the_books(
    exchange: Exchange, agent: Agent, archive: Archive
) -> None:
    call = exchange.call("停电了", category="repair")
    agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="写错了")
    agent.sends(f"/calls/{call}/notes/1/withdraw", f"/calls/{call}")
    assert "写错了" not in agent.sees(f"/calls/{call}")
    assert written(archive) == [(None, None, "写错了")]


def test_nobody_withdraws_what_a_colleague_wrote(exchange: Exchange, agent: Agent, wang: Agent) -> None:
    call, other = exchange.call("停电了", category="repair"), exchange.call("停电了", category="repair")
    agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="要留下")
    for address in (
        f"/calls/{call}/notes/1/withdraw",
        f"/calls/{other}/notes/1/withdraw",
        f"/calls/{call}/notes/9/withdraw",
    ):
        assert wang.sends(address, f"/calls/{call}").status_code == 404
    assert "要留下" in agent.sees(f"/calls/{call}")


@pytest.mark.parametrize("text", ["", "   ", "长" * 501])
def test_a_note_that_cannot_be_kept_is_said(exchange: Exchange, agent: Agent, archive: Archive, text: str) -> None:
    call = exchange.call("停电了", category="repair")
    assert "没有保存" in notes_card(agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text=text).text)
    assert written(archive) == []


def test_words_are_not_lost_over_a_moment_that_there_is_not(exchange: Exchange, agent: Agent, archive: Archive) -> None:
    call = exchange.call("停电了", category="repair")
    for at, said in (
        ("后面", "「后面」不是时间点"),
        ("1:99:99", "录音到 0:10 为止，「1:99:99」已过了"),
        ("0:10", None),
    ):
        page = agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text=f"at {at}", at=at, recording="rec0001").text
        assert ("flash" in notes_card(page)) == (said is not None)
        assert said is None or said in notes_card(page)
    assert written(archive) == [(None, None, "at 后面"), ("rec0001", 10.0, "at 1:99:99"), ("rec0001", 10.0, "at 0:10")]


def test_a_moment_of_another_call_is_refused(exchange: Exchange, agent: Agent, archive: Archive) -> None:
    call, _ = exchange.call("停电了", category="repair"), exchange.call("停电了", category="repair")
    for recording in ("rec0002", "no-such"):
        agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="这里", at="1", recording=recording)
    assert written(archive) == []


def test_markup_in_a_note_is_text(exchange: Exchange, agent: Agent) -> None:
    call = exchange.call("停电了", category="repair")
    agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="<script>alert(1)</script>'; DROP TABLE notes; 🔥")
    card = notes_card(agent.sees(f"/calls/{call}"))
    assert "<script>" not in card
    assert "&lt;script&gt;" in card
    assert "🔥" in card


def test_a_sign_that_turns_the_direction_of_writing_is_left_out(
    exchange: Exchange, agent: Agent, archive: Archive
) -> None:
    call = exchange.call("停电了", category="repair")
    agent.sends(f"/calls/{call}/notes", f"/calls/{call}", text="先\u202e去\u2066这家")
    assert written(archive) == [(None, None, "先去这家")]


def test_a_call_that_there_is_not_takes_no_note(exchange: Exchange, agent: Agent) -> None:
    call = exchange.call("停电了", category="repair")
    assert agent.sends("/calls/no-such/notes", f"/calls/{call}", text="这里").status_code == 404


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("12", 12.0), ("0:12", 12.0), ("1:05.5", 65.5), ("1：05", 65.0), ("1:00:00", 3600.0), (" 3 ", 3.0),
     ("", None), ("-1", None), ("1:", None), ("nan", None), ("1e9", None), ("1:2:3:4", None), ("٣", None)],
)  # fmt: skip
def test_a_moment_is_read_as_people_write_it(text: str, seconds: float | None) -> None:
    assert read_moment(text) == seconds
