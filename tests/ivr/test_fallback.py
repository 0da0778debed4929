"""Voicemails of the fallback: none is lost, whatever breaks off their collecting."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from ivr.books import Books
from ivr.fallback import FallbackTray
from ivr.settling import Settler
from recordings.archive import Archive
from recordings.errors import StoreUnreachable
from recordings.tables import Call, Recording

VOICE = Path(__file__).parents[1] / "asr" / "audio" / "waiting.wav"
CHANNEL = "1795298148.7"


@pytest.fixture
def archive(tmp_path):
    archive = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    yield archive
    archive.close()


@pytest.fixture
def tray(archive, tmp_path):
    (tmp_path / "fallback").mkdir()
    books = Books(archive, "main")
    return FallbackTray(tmp_path / "fallback", books, Settler(books, tmp_path / "spool", lambda recording_id: None))


async def nobody():
    return ()


async def the_caller():
    return (CHANNEL,)


def leave(tmp_path, *, slip: bool = True) -> None:
    if slip:
        text = "caller=13800000001\nline=95598\nat=1795298148\n"
        (tmp_path / "fallback" / f"{CHANNEL}.txt").write_text(text)
    shutil.copy(VOICE, tmp_path / "fallback" / f"{CHANNEL}.wav")


def states(archive) -> list[str]:
    with archive.reading() as session:
        return [recording.state for recording in session.scalars(select(Recording))]


async def test_a_voicemail_is_entered_once_and_the_tray_is_empty(archive, tray, tmp_path):
    leave(tmp_path)
    await tray.collect(nobody)
    await tray.collect(nobody)
    assert states(archive) == ["stored"]
    with archive.reading() as session:
        (call,) = session.scalars(select(Call))
        assert (call.caller, call.line, call.outcome) == ("13800000001", "95598", "fallback")
    assert not list((tmp_path / "fallback").iterdir())


async def test_one_that_is_still_being_spoken_is_left_alone(archive, tray, tmp_path):
    leave(tmp_path)
    assert await tray.collect(the_caller) == frozenset()
    assert states(archive) == []


async def test_one_without_a_slip_is_taken_in_all_the_same(archive, tray, tmp_path):
    leave(tmp_path, slip=False)
    await tray.collect(nobody)
    assert states(archive) == ["stored"]


@pytest.mark.parametrize("meanwhile", ["requested", "absent"])
async def test_when_the_store_is_away_it_is_settled_later(archive, tray, tmp_path, monkeypatch, meanwhile):
    leave(tmp_path)

    def away(*_):
        raise StoreUnreachable("the store is away; wait")

    with monkeypatch.context() as patch:
        patch.setattr("ivr.settling.take_in", away)
        (recording_id,) = await tray.collect(nobody)
    assert states(archive) == ["requested"]
    with archive.session() as session:
        session.get(Recording, recording_id).state = meanwhile
    await tray.collect(nobody)
    assert states(archive) == ["stored"]
    assert not list((tmp_path / "fallback").iterdir())
