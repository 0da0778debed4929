"""Listening: whole or in ranges, only what there is, and every time written down."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from recordings import users
from recordings.tables import Audit, Recording
from web import looking
from web.calls import audio


@pytest.fixture
def sound(agent, exchange) -> str:
    """Address of a stored recording of ten seconds."""
    call = exchange.call("家里停电了", category="repair")
    return f"/calls/{call}/audio/rec0001.wav"


def heard(archive) -> list[tuple[int | None, str]]:
    with archive.reading() as s:
        rows = s.scalars(select(Audit).where(Audit.action == "listened").order_by(Audit.id))
        return [(row.user_id, row.target) for row in rows]


def test_the_whole_recording_comes_as_it_lies_in_the_store(agent, archive, sound) -> None:
    answer = agent.client.get(sound)
    assert answer.status_code == 200
    assert answer.mimetype == "audio/wav"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(44 + 160_000)
    with archive.store.open("2026/03/02/rec0001.wav") as stored:
        assert answer.data == stored.read()


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=1000-", 1000, 160_043),
        ("bytes=-100", 159_944, 160_043),
        ("bytes=160000-999999", 160_000, 160_043),
    ],
)
def test_a_range_comes_alone(agent, sound, asked, first, last) -> None:
    whole = agent.client.get(sound).data
    answer = agent.client.get(sound, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/160044"
    assert answer.data == whole[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=160044-", "bytes=9999999-"])
def test_a_range_beyond_the_end_is_refused(agent, sound, asked) -> None:
    answer = agent.client.get(sound, headers={"Range": asked})
    assert answer.status_code == 416


def test_who_has_it_already_is_told_so_and_a_range_of_something_else_comes_whole(agent, sound) -> None:
    tag = agent.client.get(sound).headers["ETag"]
    assert agent.client.get(sound, headers={"If-None-Match": tag}).status_code == 304
    same = agent.client.get(sound, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = agent.client.get(sound, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_listening_is_written_down_with_who_and_what_and_once_for_all_its_pieces(agent, archive, sound) -> None:
    assert heard(archive) == []
    agent.sees("/calls/call0001")
    agent.client.head(sound)
    assert heard(archive) == [], "looking is not listening"
    agent.client.get(sound)
    for first in (100, 2000, 30_000):
        agent.client.get(sound, headers={"Range": f"bytes={first}-"})
    assert heard(archive) == [(1, "rec0001")]


def test_who_listens_on_or_again_and_who_else_listens_is_written_down_too(
    agent, someone, archive, exchange, sound, monkeypatch
) -> None:
    with archive.session() as s:
        users.add_user(s, name="wang", password="long enough to be good", at=datetime.now(UTC))
    agent.client.get(sound)
    wang = someone()
    wang.signs_in("wang")
    wang.client.get(sound)
    agent.client.get(f"/calls/{exchange.call('电费太高了', category='billing')}/audio/rec0002.wav")
    later = datetime.now(UTC) + looking.ONE_LOOK
    monkeypatch.setattr(audio, "now", lambda: later)
    agent.client.get(sound)
    assert heard(archive) == [(1, "rec0001"), (2, "rec0001"), (1, "rec0002"), (1, "rec0001")]


def test_a_recording_is_found_only_under_its_own_call(agent, archive, exchange, sound) -> None:
    other = exchange.call("电费太高了", category="billing")
    agent.sees(f"/calls/{other}/audio/rec0001.wav", status=404)
    agent.sees("/calls/call0001/audio/..%2f..%2flianxin.db", status=404)
    assert heard(archive) == []


def test_a_recording_that_is_not_stored_yet_is_not_found(agent, exchange) -> None:
    call = exchange.call(ended=False)
    assert "找不到这段录音" in agent.sees(f"/calls/{call}/audio/rec0001.wav", status=404)


def test_a_file_missing_from_the_store_is_said_and_is_no_listening(agent, archive, sound) -> None:
    with archive.reading() as s:
        archive.store.remove(s.get_one(Recording, "rec0001").key)
    assert "找不到这段录音" in agent.sees(sound, status=404)
    assert heard(archive) == []
