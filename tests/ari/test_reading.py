"""Events as Asterisk 22.10.1 really wrote them, recorded from a call; one line each."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ivr.ari import events as ev
from ivr.ari.errors import Malformed
from ivr.ari.model import AsteriskInfo, Channel
from ivr.ari.reading import read_event

REAL = [json.loads(line) for line in (Path(__file__).parent / "asterisk-22.10.1.jsonl").read_text("utf-8").splitlines()]
RECEIVED = datetime(2027, 1, 1, tzinfo=UTC)


def real(kind: str, **wanted: str) -> Any:
    """The recorded event of this type, read."""
    [found] = [
        told
        for told in REAL
        if told["type"] == kind and all(told["playback"][name] == value for name, value in wanted.items())
    ]
    return read_event(found, RECEIVED)


def test_a_caller_arrives_with_number_dialled_number_and_arguments() -> None:
    start = real("StasisStart")
    assert isinstance(start, ev.StasisStart)
    assert start.at == datetime(2026, 11, 21, 21, 3, 12, 695000, tzinfo=UTC)
    assert start.subjects == ("call-1",)
    assert start.args == ("one", "two three")
    channel = start.channel
    assert (channel.id, channel.state, channel.caller_number, channel.caller_name) == (
        "call-1",
        "Up",
        "13800138000",
        "王秀英",
    )
    assert (channel.context, channel.exten, channel.app_name) == ("far", "all", "Stasis")
    assert channel.app_data == "lianxin,one,two three"
    assert channel.creation_time == datetime(2026, 11, 21, 21, 3, 12, 694000, tzinfo=UTC)


def test_a_key_tells_which_and_how_long() -> None:
    pressed = real("ChannelDtmfReceived")
    assert isinstance(pressed, ev.ChannelDtmfReceived)
    assert (pressed.digit, pressed.duration_ms, pressed.subjects) == ("5", 100, ("call-1",))


def test_a_prompt_tells_whether_it_was_really_played() -> None:
    played, missing = real("PlaybackFinished", state="done"), real("PlaybackFinished", state="failed")
    assert isinstance(played, ev.PlaybackFinished)
    assert not played.playback.failed
    assert played.subjects == ("prompt-1", "call-1")
    assert missing.playback.failed
    assert missing.playback.target_id == "call-1"


def test_a_recording_names_itself_and_its_channel() -> None:
    begun, ended, refused = real("RecordingStarted"), real("RecordingFinished"), real("RecordingFailed")
    assert isinstance(begun, ev.RecordingStarted)
    assert begun.subjects == ("recording-1", "snoop-1")
    assert isinstance(ended, ev.RecordingFinished)
    assert (ended.recording.duration, ended.recording.state, ended.recording.target_id) == (7, "done", "snoop-1")
    assert isinstance(refused, ev.RecordingFailed)
    assert refused.cause == "Cannot record channel while in bridge"


def test_speech_tells_when_it_began_and_how_long_it_was() -> None:
    begun, ended = real("ChannelTalkingStarted"), real("ChannelTalkingFinished")
    assert isinstance(begun, ev.ChannelTalkingStarted)
    assert isinstance(ended, ev.ChannelTalkingFinished)
    assert ended.duration == 2974


def test_a_hang_up_tells_its_cause() -> None:
    asked, gone, left = real("ChannelHangupRequest"), real("ChannelDestroyed"), real("StasisEnd")
    assert isinstance(asked, ev.ChannelHangupRequest)
    assert (asked.cause, asked.soft) == (32, True)
    assert isinstance(gone, ev.ChannelDestroyed)
    assert (gone.cause, gone.cause_txt) == (16, "Normal Clearing")
    assert isinstance(left, ev.StasisEnd)
    assert asked.subjects == gone.subjects == left.subjects == ("call-1",)


def test_what_no_flow_needs_still_says_whom_it_concerns() -> None:
    entered = real("ChannelEnteredBridge")
    assert isinstance(entered, ev.Unknown)
    assert (entered.type, entered.subjects) == ("ChannelEnteredBridge", ("call-1", "bridge-1"))
    assert isinstance(real("ApplicationReplaced"), ev.ApplicationReplaced)
    assert isinstance(real("ChannelStateChange"), ev.ChannelStateChange)
    assert isinstance(real("Dial"), ev.Unknown)


def test_every_recorded_event_can_be_read_with_more_and_with_fewer_fields() -> None:
    for told in REAL:
        more = {**told, "novelty": {"deep": [1]}, "channel": {**told.get("channel", {"id": "x"}), "novelty": [None]}}
        assert read_event(more, RECEIVED).at != RECEIVED
        fewer = {name: value for name, value in told.items() if name in ("type", "digit")}
        for thing, name in (("channel", "id"), ("playback", "id"), ("recording", "name")):
            if thing in told:
                fewer[thing] = {name: told[thing][name]}
        assert type(read_event(fewer, RECEIVED)) is type(read_event(told, RECEIVED))
        assert read_event(fewer, RECEIVED).at == RECEIVED


@pytest.mark.parametrize("stamp", ["", "yesterday", None, 7, "2026-11-21T20:35:10.123"])
def test_a_stamp_that_cannot_be_read_gives_way_to_the_moment_of_receipt(stamp: object) -> None:
    assert read_event({"type": "Dial", "timestamp": stamp}, RECEIVED).at == RECEIVED


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        "StasisStart",
        {},
        {"type": ""},
        {"type": ["StasisStart"]},
        {"type": "StasisStart"},
        {"type": "StasisStart", "channel": []},
        {"type": "StasisEnd", "channel": {"id": 5}},
        {"type": "ChannelDtmfReceived", "channel": {"id": "a"}},
        {"type": "PlaybackFinished", "playback": {"state": "done"}},
        {"type": "RecordingStarted", "recording": {"state": "recording"}},
    ],
)
def test_without_what_it_is_about_an_event_is_malformed(told: object) -> None:
    with pytest.raises(Malformed, match="Asterisk sent"):
        read_event(told, RECEIVED)


def test_fields_of_a_wrong_kind_count_as_missing() -> None:
    channel = Channel.from_json({"id": "a", "caller": "nobody", "dialplan": {"exten": 95598}, "creationtime": 5})
    assert channel == Channel(id="a")
    assert AsteriskInfo.from_json({"system": None}) == AsteriskInfo()
