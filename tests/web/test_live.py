"""What happens, as it happens: the stream as browsers and programs read it."""

import json
from datetime import UTC, datetime
from threading import BoundedSemaphore

import pytest

from recordings import ledger, users
from web.app import create_app
from web.live import bell, stream
from web.live.pages import Live
from web.session.idle import SEEN

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def short_streams(monkeypatch) -> None:
    """Streams end with what there is, so that a test client has them whole."""
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    monkeypatch.setattr(bell, "EVERY", 0.0)


def told(text: str) -> list[tuple[str, dict]]:
    """Events and their data."""
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.strip().split("\n\n")]
    return [(block["event"], json.loads(block["data"])) for block in blocks if "event" in block]


def test_a_page_hears_of_what_happened_after_the_event_that_it_saw_last(agent, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    answer = agent.client.get("/live", headers={"Last-Event-ID": "0"})
    assert answer.mimetype == "text/event-stream"
    events = told(answer.text)
    assert [name for name, _ in events] == ["call.began", "call.ended", "call.transcribed", "call.understood"]
    assert events[3][1] | {"at": ""} == {
        "at": "", "call_id": call, "recording": "rec0001", "category": "repair", "urgency": "normal"
    }  # fmt: skip
    assert "停电" not in answer.text
    last = answer.text.rpartition("id: ")[2].split("\n")[0]
    assert told(agent.client.get("/live", headers={"Last-Event-ID": last}).text) == []


def test_without_a_last_event_it_begins_now(agent, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    text = agent.client.get("/live").text
    assert text.startswith("retry: 2000\nid: ")
    assert told(text) == []


@pytest.mark.parametrize("last", ["x", "-1", "9" * 30, "１"])
def test_an_event_that_cannot_be_is_none(agent, exchange, last) -> None:
    exchange.call("家里停电了", category="repair")
    assert told(agent.client.get(f"/live?after={last}").text) == []


def test_calls_of_other_districts_are_not_told(agent, archive, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        s.get(ledger.Call, call).cases[0].district = "2"
        users.set_districts(s, "li", ["1"], NOON)
    assert told(agent.client.get("/live?after=0").text) == []


def test_more_than_one_look_takes_is_told_without_a_gap(agent, exchange, monkeypatch) -> None:
    monkeypatch.setattr(stream, "AT_ONCE", 2)
    exchange.call("家里停电了", category="repair")
    assert len(told(agent.client.get("/live?after=0").text)) == 4


def test_who_finds_no_seat_gets_what_there_is_and_comes_later(agent, app, archive, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    seats = BoundedSemaphore(1)
    app.extensions["lianxin.live"] = Live(bell.Bell(archive), seats)
    assert seats.acquire()
    text = agent.client.get("/live?after=0").text
    assert text.startswith("retry: 10000")
    assert len(told(text)) == 4
    seats.release()
    assert agent.client.get("/live").text.startswith("retry: 2000")
    assert seats.acquire(blocking=False), "a stream that ended gives its seat back"


def test_a_page_that_listens_by_itself_does_not_keep_the_session_alive(agent) -> None:
    with agent.client.session_transaction() as session:
        session[SEEN] -= 29 * 60
        before = session[SEEN]
    assert agent.client.get("/live").status_code == 200
    with agent.client.session_transaction() as session:
        assert session[SEEN] == before


def test_a_program_hears_the_same(program, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    assert len(told(program("calls").asks("/events?after=0").text)) == 4
    program("cases").asks("/events", 403)


def test_an_archive_that_goes_away_ends_the_stream_and_nothing_else(archive) -> None:
    create_app(archive, secret_key="s", zone=NOON.tzinfo)

    class Gone:
        def newest(self) -> int:
            raise stream.ArchiveError("gone")

    assert list(stream.stream(archive, Gone(), BoundedSemaphore(1), None)) == []
