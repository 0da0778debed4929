"""Requests: what goes to Asterisk, and what each of its answers becomes."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from ivr.ari.client import AriClient
from ivr.ari.errors import (
    AriError,
    Conflict,
    Failed,
    Malformed,
    NotFound,
    NotInStasis,
    Refused,
    Unauthorised,
    Unavailable,
)
from ivr.ari.model import Bridge, Channel, LiveRecording, Playback
from ivr.ari.resources import playbacks
from ivr.ari.transport import basic
from tests.ari.answering import Answering

Ask = Callable[[AriClient], Awaitable[Any]]
URL = "http://127.0.0.1:8088"


def client(answer: Callable[[httpx.Request], httpx.Response], **more: Any) -> AriClient:
    return AriClient(URL, "lianxin", "right", "lianxin", exchange=Answering(answer), **more)


async def asked(ask: Ask, answer: httpx.Response | None = None) -> httpx.Request:
    """The one request that a call of the client makes."""
    requests: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return answer or httpx.Response(204)

    async with client(note) as ari:
        await ask(ari)
    [request] = requests
    return request


CHANNEL = httpx.Response(200, json={"id": "c"})
PLAYBACK = httpx.Response(201, json={"id": "p", "state": "queued"})
RECORDING = httpx.Response(201, json={"name": "r", "state": "queued"})


@pytest.mark.parametrize(
    ("ask", "answer", "wanted"),
    [
        (lambda a: a.channels.get("c"), CHANNEL, "GET /ari/channels/c"),
        (lambda a: a.channels.answer("c"), None, "POST /ari/channels/c/answer"),
        (lambda a: a.channels.ring("c"), None, "POST /ari/channels/c/ring"),
        (lambda a: a.channels.hangup("c"), None, "DELETE /ari/channels/c?reason=normal"),
        (lambda a: a.channels.hangup("c", reason="busy"), None, "DELETE /ari/channels/c?reason=busy"),
        (
            lambda a: a.channels.continue_in_dialplan("c", context="away", extension="s"),
            None,
            "POST /ari/channels/c/continue?context=away&extension=s&priority=1",
        ),
        (
            lambda a: a.channels.play_with_id("c", "p", "sound:/zh/menu"),
            PLAYBACK,
            "POST /ari/channels/c/play/p?media=sound:/zh/menu",
        ),
        (
            lambda a: a.channels.play_with_id("c", "p", ["sound:1", "sound:2"], lang="zh"),
            PLAYBACK,
            "POST /ari/channels/c/play/p?media=sound:1,sound:2&lang=zh",
        ),
        (
            lambda a: a.channels.record("c", "r"),
            RECORDING,
            "POST /ari/channels/c/record?name=r&format=wav&maxDurationSeconds=0&maxSilenceSeconds=0"
            "&ifExists=fail&beep=false&terminateOn=none",
        ),
        (
            lambda a: a.channels.record("c", "r", max_duration_seconds=90, beep=True, terminate_on="#"),
            RECORDING,
            "POST /ari/channels/c/record?name=r&format=wav&maxDurationSeconds=90&maxSilenceSeconds=0"
            "&ifExists=fail&beep=true&terminateOn=#",
        ),
        (
            lambda a: a.channels.snoop_channel_with_id("c", "s", spy="in"),
            CHANNEL,
            "POST /ari/channels/c/snoop/s?app=lianxin&spy=in&whisper=none",
        ),
        (
            lambda a: a.channels.set_channel_var("c", "TALK_DETECT(set)", "2500,256"),
            None,
            "POST /ari/channels/c/variable?variable=TALK_DETECT(set)&value=2500,256",
        ),
        (
            lambda a: a.bridges.create_with_id("b"),
            httpx.Response(200, json={"id": "b"}),
            "POST /ari/bridges/b?type=mixing",
        ),
        (lambda a: a.bridges.destroy("b"), None, "DELETE /ari/bridges/b"),
        (lambda a: a.bridges.add_channel("b", "c"), None, "POST /ari/bridges/b/addChannel?channel=c"),
        (lambda a: a.bridges.remove_channel("b", "c"), None, "POST /ari/bridges/b/removeChannel?channel=c"),
        (lambda a: a.playbacks.get("p"), PLAYBACK, "GET /ari/playbacks/p"),
        (lambda a: a.playbacks.stop("p"), None, "DELETE /ari/playbacks/p"),
        (lambda a: a.recordings.live.get("r"), RECORDING, "GET /ari/recordings/live/r"),
        (lambda a: a.recordings.live.stop("r"), None, "POST /ari/recordings/live/r/stop"),
        (lambda a: a.recordings.live.cancel("r"), None, "DELETE /ari/recordings/live/r"),
        (lambda a: a.recordings.stored.get("r"), RECORDING, "GET /ari/recordings/stored/r"),
        (lambda a: a.recordings.stored.delete("r"), None, "DELETE /ari/recordings/stored/r"),
        (lambda a: a.asterisk.ping(), httpx.Response(200, json={"ping": "pong"}), "GET /ari/asterisk/ping"),
        (
            lambda a: a.applications.get("lianxin"),
            httpx.Response(200, json={"name": "lianxin"}),
            "GET /ari/applications/lianxin",
        ),
    ],
)
async def test_each_operation_is_the_request_that_ari_documents(
    ask: Ask, answer: httpx.Response | None, wanted: str
) -> None:
    request = await asked(ask, answer)
    path, _, query = wanted.partition("?")
    assert f"{request.method} {request.url.path}" == path
    assert [f"{key}={value}" for key, value in request.url.params.items()] == (query.split("&") if query else [])


async def test_the_password_goes_in_a_header_and_never_in_the_address() -> None:
    request = await asked(lambda ari: ari.channels.answer("c"))
    assert request.headers["Authorization"] == basic("lianxin", "right")
    assert "right" not in str(request.url)
    assert "api_key" not in str(request.url)


async def test_an_id_cannot_reach_another_resource() -> None:
    request = await asked(lambda ari: ari.channels.hangup("a/../b?c#d"))
    assert request.url.raw_path == b"/ari/channels/a%2F..%2Fb%3Fc%23d?reason=normal"


async def test_a_sound_whose_name_has_a_comma_is_refused_before_it_is_asked_for() -> None:
    async with client(lambda _: httpx.Response(500)) as ari:
        with pytest.raises(Refused, match=r"sound:/own,old/menu.*without"):
            await ari.channels.play_with_id("c", "p", ["sound:/zh/menu", "sound:/own,old/menu"])


async def test_a_prompt_that_is_just_beginning_is_stopped_a_moment_later() -> None:
    answers = [httpx.Response(500, json={"message": "Could not stop playback"})] * 2 + [httpx.Response(204)]
    async with client(lambda _: answers.pop(0)) as ari:
        await ari.playbacks.stop("menu")
    assert answers == []


async def test_a_prompt_that_cannot_be_stopped_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playbacks, "STOP_AGAIN", (0.0, 0.0))
    async with client(lambda _: httpx.Response(500, json={"message": "Could not stop playback"})) as ari:
        with pytest.raises(Failed, match="DELETE /playbacks/menu with 500"):
            await ari.playbacks.stop("menu")


async def test_answers_become_plain_data_and_new_fields_are_ignored() -> None:
    answers = {
        "/ari/channels": [{"id": "c", "caller": {"number": "13800138000"}, "novelty": 1}, {"id": "d"}],
        "/ari/bridges": [{"id": "b", "channels": ["c", "d"], "bridge_type": "mixing"}],
        "/ari/recordings/stored": [{"name": "r", "format": "wav"}],
        "/ari/asterisk/info": {
            "system": {"version": "22.10.1"},
            "status": {"startup_time": "2026-11-21T20:00:00.5+0800"},
        },
        "/ari/channels/c/variable": {"value": "Up"},
        "/ari/channels/c/play/p": {"id": "p", "state": "queued", "target_uri": "channel:c"},
        "/ari/channels/c/record": {"name": "r", "state": "queued", "target_uri": "channel:c"},
    }
    async with client(lambda request: httpx.Response(200, json=answers[request.url.path])) as ari:
        assert await ari.channels.list() == (Channel(id="c", caller_number="13800138000"), Channel(id="d"))
        assert await ari.bridges.list() == (Bridge(id="b", bridge_type="mixing", channel_ids=("c", "d")),)
        assert [recording.name for recording in await ari.recordings.stored.list()] == ["r"]
        info = await ari.asterisk.get_info()
        assert info.version == "22.10.1"
        assert str(info.startup_time) == "2026-11-21 12:00:00.500000+00:00"
        assert await ari.channels.get_channel_var("c", "CHANNEL(state)") == "Up"
        assert await ari.channels.play_with_id("c", "p", "sound:x") == Playback(
            id="p", state="queued", target_uri="channel:c"
        )
        assert await ari.channels.record("c", "r") == LiveRecording(name="r", state="queued", target_uri="channel:c")


@pytest.mark.parametrize(
    ("status", "says", "error"),
    [  # texts as Asterisk 22.10.1 sends them
        (404, "Channel not found", NotFound),
        (404, "Provided variable was not found", NotFound),
        (400, "Channel not found", NotFound),
        (422, "Channel not in this bridge", NotFound),
        (409, "Channel not in Stasis application", NotInStasis),
        (422, "Channel not in Stasis application", NotInStasis),
        (409, "Channel with given unique ID already exists", Conflict),
        (409, "Recording 'r' already exists and can not be overwritten", Conflict),
        (412, "Channel in invalid state", Conflict),
        (400, "Invalid reason for hangup reason provided", Refused),
        (422, "specified format is unknown on this system", Refused),
        (401, "Authentication required", Unauthorised),
        (403, "Read only", Unauthorised),
        (500, "Snoop channel could not be created", Failed),
        (503, "Asterisk is shutting down", Unavailable),
    ],
)
async def test_each_refusal_is_its_own_error_of_one_line(status: int, says: str, error: type[AriError]) -> None:
    async with client(lambda _: httpx.Response(status, json={"message": says})) as ari:
        with pytest.raises(error) as raised:
            await ari.channels.answer("c")
    assert type(raised.value) is error
    assert "\n" not in str(raised.value)
    assert URL in str(raised.value)
    if error is Unauthorised:
        assert "'lianxin'" in str(raised.value)
        assert "var/secrets" in str(raised.value)
    else:
        assert says in str(raised.value)
        assert "POST /channels/c/answer" in str(raised.value)


async def test_an_asterisk_that_is_going_down_is_unavailable_though_it_answers_in_html() -> None:
    page = "<html><head>\r\n<title>503 Service Unavailable</title></head><body>Shutdown in progress</body></html>"
    async with client(lambda _: httpx.Response(503, html=page)) as ari:
        with pytest.raises(Unavailable, match=r"503 \(Service Unavailable\); see its log$"):
            await ari.channels.list()


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"state": "Up"}', b'"x"'])
async def test_an_answer_that_is_not_what_was_asked_for_is_malformed(body: bytes) -> None:
    async with client(lambda _: httpx.Response(200, content=body)) as ari:
        with pytest.raises(Malformed):
            await ari.channels.get("c")
