"""A call of which both sides were recorded: heard as one, read as one, drawn in two lanes, marked on one clock."""

import io
import json
import re
import wave

import numpy as np
import pytest
from sqlalchemy import delete, select

from recordings.outline import keep_outline
from recordings.tables import Audit, Loudness, Recording
from recordings.wav import read_open_wav
from tests.web.agent_leg import answer
from tests.web.conftest import tone
from tests.web.reading import plain
from web.calls.mixing import Mixed


def samples(wav: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels()) == (8000, 1)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(int)


def wav(values: list[int], rate: int = 8000) -> bytes:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.array(values, "<i2").tobytes())
    return sound.getvalue()


@pytest.fixture
def talk(exchange) -> str:
    """The caller speaks from second 1 of ten, the agent joins at second 3 for nine."""
    call = exchange.call("家里停电了", "谢谢", category="repair", evidence=("停电",))
    answer(exchange, call, "您好", "马上派人", sound=tone(9))
    return call


def test_both_sides_are_heard_together_on_one_clock(agent, archive, talk) -> None:
    whole = samples(agent.client.get(f"/calls/{talk}/audio/whole.wav").data)
    caller = samples(agent.client.get(f"/calls/{talk}/audio/rec0001.wav").data)
    other = samples(agent.client.get(f"/calls/{talk}/audio/agent-{talk}.wav").data)
    expected = np.zeros(12 * 8000, int)
    expected[: len(caller)] += caller
    expected[3 * 8000 : 3 * 8000 + len(other)] += other
    assert np.array_equal(whole, expected)


def test_any_piece_of_the_whole_is_that_piece(agent, talk) -> None:
    address = f"/calls/{talk}/audio/whole.wav"
    whole = agent.client.get(address)
    assert whole.headers["Content-Length"] == str(44 + 12 * 8000 * 2)
    for asked, first, last in (("0-43", 0, 43), ("43-48101", 43, 48101), ("150001-", 150001, 192043)):
        piece = agent.client.get(address, headers={"Range": f"bytes={asked}"})
        assert piece.status_code == 206
        assert piece.data == whole.data[first : last + 1]
    assert agent.client.get(address, headers={"Range": "bytes=192044-"}).status_code == 416
    assert agent.client.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_what_is_too_loud_together_is_as_loud_as_can_be() -> None:
    files = [io.BytesIO(wav([30_000, -30_000, 5])) for _ in range(2)]
    mixed = Mixed([(file, read_open_wav(file), 0.0) for file in files])
    assert list(samples(mixed.read())) == [32767, -32768, 10]


def test_who_hears_both_is_noted_for_both(agent, archive, talk) -> None:
    agent.client.get(f"/calls/{talk}/audio/whole.wav")
    with archive.reading() as s:
        heard = s.scalars(select(Audit.target).where(Audit.action == "listened").order_by(Audit.id)).all()
    assert heard == ["rec0001", f"agent-{talk}"]


def test_recordings_of_two_kinds_are_not_forced_together(agent, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    answer(exchange, call, "您好", sound=wav([1] * 16_000, rate=16_000))
    assert "请一段一段听" in agent.sees(f"/calls/{call}/audio/whole.wav", status=404)
    assert f"/calls/{call}/audio/agent-{call}.wav" in agent.sees(f"/calls/{call}")


def test_a_call_without_sound_has_neither_whole_nor_wave(agent, exchange) -> None:
    call = exchange.call(ended=False)
    agent.sees(f"/calls/{call}/audio/whole.wav", status=404)
    agent.sees(f"/calls/{call}/wave.json", status=404)
    assert "<audio" not in agent.sees(f"/calls/{call}")


def test_what_was_said_is_read_in_the_order_in_which_it_was_said(agent, talk) -> None:
    page = agent.sees(f"/calls/{talk}")
    turns = [plain(turn) for turn in re.findall(r'<div class="turn.*?</p>', page, re.DOTALL)]
    assert turns == ["0:01 来电人 家里停电了。", "0:03 来电人 谢谢。", "0:04 坐席 您好。", "0:05 坐席 马上派人。"]
    assert page.count("<audio") == 1
    assert 'data-start="4.00" data-end="4.80">您好</span>' in page, "a word of the agent's, on the call's clock"
    assert f'src="/calls/{talk}/audio/whole.wav"' in page
    assert 'data-heard="rec0001 agent-call0001" data-begins="0.0 3.0"' in page


def test_one_side_alone_is_heard_from_its_own_file(agent, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    page = agent.sees(f"/calls/{call}")
    assert f'src="/calls/{call}/audio/rec0001.wav"' in page
    assert "whole.wav" not in page
    assert "来电人</b>" not in page, "one knows who speaks"


def test_a_lane_for_each_side_shows_when_it_is_loud(agent, archive, talk) -> None:
    drawn = json.loads(agent.sees(f"/calls/{talk}/wave.json"))
    assert drawn["seconds"] == 12.0
    caller, other = drawn["lanes"]
    assert (caller["side"], other["side"]) == ("caller", "agent")
    assert len(caller["levels"]) == len(other["levels"]) == 240
    assert max(other["levels"][:59]) == 0 < max(other["levels"][60:70])
    assert max(caller["levels"][:190]) == pytest.approx(9000 * 255 / 32768, abs=1)
    assert max(caller["levels"][201:]) == 0


def test_the_outline_is_measured_once_and_kept(agent, archive, talk) -> None:
    first = agent.sees(f"/calls/{talk}/wave.json")
    with archive.reading() as s:
        keys = list(s.scalars(select(Recording.key)))
        assert len(list(s.scalars(select(Loudness)))) == 2
    for key in keys:
        archive.store.remove(key)
    assert agent.sees(f"/calls/{talk}/wave.json") == first
    with archive.session() as s:
        s.execute(delete(Loudness))
    agent.sees(f"/calls/{talk}/wave.json", status=404)


def test_of_two_who_measure_a_call_at_once_the_first_keeps_the_outline(archive, exchange, monkeypatch) -> None:
    exchange.call("家里停电了", category="repair")
    with archive.session() as s:
        s.merge(Loudness(recording_id="rec0001", levels=b"first"))
    with archive.session() as s:
        row_of = s.get
        monkeypatch.setattr(s, "get", lambda table, key: None if table is Loudness else row_of(table, key))
        keep_outline(s, "rec0001", b"second")
    with archive.reading() as s:
        assert s.get_one(Loudness, "rec0001").levels == b"first"


def test_a_long_call_is_drawn_in_few_points(agent, exchange) -> None:
    call = exchange.call("家里停电了", category="repair")
    with exchange.archive.session() as s:
        s.get_one(Recording, "rec0001").duration = 3600.0
        s.add(Loudness(recording_id="rec0001", levels=bytes(40_000) + b"\xff" + bytes(31_999)))
    [lane] = json.loads(agent.sees(f"/calls/{call}/wave.json"))["lanes"]
    assert len(lane["levels"]) == 4000
    assert [at for at, level in enumerate(lane["levels"]) if level] == [40_000 // 18]


def test_a_link_with_a_moment_starts_the_sound_there_without_scripts_too(agent, talk) -> None:
    assert 'whole.wav#t=4.50"' in agent.sees(f"/calls/{talk}?t=4.5")
    for odd in ("x", "-1", "nan", "inf", "99999999", ""):
        assert f'src="/calls/{talk}/audio/whole.wav"' in agent.sees(f"/calls/{talk}?t={odd}")
