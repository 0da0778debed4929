"""The client against a real Asterisk: a call from ringing to its file, refusals, a restart, a rival."""

import asyncio
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import httpx
import numpy as np
import pytest

from ivr.ari.client import AriClient
from ivr.ari.errors import Conflict, NotFound, NotInStasis, Refused, Replaced, Unauthorised, Unavailable
from ivr.ari.events import (
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelTalkingFinished,
    Event,
    PlaybackFinished,
    RecordingFailed,
    RecordingFinished,
    RecordingStarted,
    StasisEnd,
    StasisStart,
)
from ivr.prompts.catalogue import SHIPPED
from lianxin.asterisk.installing import install_asterisk
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.running import AsteriskServer
from lianxin.settings import Settings
from tests.ari.scripted import until

pytestmark = pytest.mark.telephony

FAR, CALLER = "trial", "trial;2"
"""Two ends of one Local channel: what is played to the far end is heard from the caller, who comes by the dialplan."""


Kind = TypeVar("Kind", bound=Event)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AsteriskServer]:
    program = install_asterisk(Settings(), lambda stage, done, total: None)
    with AsteriskServer(program, tmp_path_factory.mktemp("ari") / "var", Ports.free(), SHIPPED) as running:
        yield running


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One second of a 500 Hz tone between silences, as the caller's words."""
    file = tmp_path_factory.mktemp("speech") / "words.wav"
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(b"\0\0" * 4000 + (b"\x00\x30" * 8 + b"\x00\xd0" * 8) * 500 + b"\0\0" * 12000)
    return f"sound:{file.with_suffix('')}"


def seconds_of(file: Path) -> tuple[float, float]:
    """How long a recording is, and how much of it is as loud as the tone."""
    with wave.open(str(file)) as opened:
        samples = np.frombuffer(opened.readframes(opened.getnframes()), dtype="<i2")
    return samples.size / 8000, int((np.abs(samples.astype(int)) > 6000).sum()) / 8000


class Watch:
    """A controller that notes every event and can wait for one."""

    def __init__(self, server: AsteriskServer) -> None:
        self.ari = client(server)
        self.raw = httpx.AsyncClient(
            base_url=server.ari_url, auth=("lianxin", server.ari_password), trust_env=False, timeout=5.0
        )
        """For what only tests do: make calls and press keys."""
        self.events: list[Event] = []
        self.starts: list[datetime | None] = []
        """When Asterisk had been started, by each connection."""
        self.lost: list[str] = []

    async def connected(self) -> None:
        self.starts.append((await self.ari.asterisk.get_info()).startup_time)

    async def saw(self, kind: type[Kind], subject: str, *, limit: float = 20.0) -> Kind:
        """Wait for the first event of a kind about a subject."""
        await until(lambda: self.find(kind, subject), limit)
        [found, *_] = self.find(kind, subject)
        return found

    def find(self, kind: type[Kind], subject: str) -> list[Kind]:
        return [event for event in self.events if isinstance(event, kind) and subject in event.subjects]

    async def call(self, number: str = "95598") -> None:
        """Somebody dials the hotline."""
        made = {"endpoint": f"Local/{number}@hotline", "app": "lianxin", "callerId": "13800138000"}
        (await self.raw.post(f"/channels/{FAR}", params=made)).raise_for_status()
        await self.saw(StasisStart, CALLER)

    async def answer(self) -> None:
        """The hotline picks up, which makes the far end one of ours too."""
        await self.ari.channels.answer(CALLER)
        await self.saw(StasisStart, FAR)


def client(server: AsteriskServer, password: str = "") -> AriClient:
    return AriClient(f"http://127.0.0.1:{server.ports.http}", "lianxin", password or server.ari_password, "lianxin")


@asynccontextmanager
async def watching(server: AsteriskServer) -> AsyncIterator[Watch]:
    watch = Watch(server)
    async with watch.ari, watch.raw:
        stream = watch.ari.events(watch.events.append, on_connected=watch.connected, on_lost=watch.lost.append)
        task = asyncio.create_task(stream.run())
        try:
            await until(lambda: watch.starts)
            yield watch
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            for channel in await watch.ari.channels.list():
                await watch.raw.delete(f"/channels/{channel.id}")


async def test_a_call_from_its_first_ring_to_its_file(server: AsteriskServer, speech: str) -> None:
    async with watching(server) as watch:
        ari, began = watch.ari, datetime.now(UTC)
        await watch.call()
        caller = (await watch.saw(StasisStart, CALLER)).channel
        assert (caller.app_args, caller.caller_number, caller.app_name) == (("95598",), "13800138000", "Stasis")
        await watch.answer()
        await ari.channels.set_channel_var(CALLER, "TALK_DETECT(set)", "700,256")
        assert await ari.channels.get_channel_var(CALLER, "CHANNEL(state)") == "Up"

        await ari.channels.play_with_id(CALLER, "greeting", [f"sound:{SHIPPED}/tone.beep", f"sound:{SHIPPED}/digit.1"])
        assert not (await watch.saw(PlaybackFinished, "greeting")).playback.failed
        await ari.channels.play_with_id(CALLER, "menu", f"sound:{SHIPPED}/menu.main")
        await ari.playbacks.stop("menu")
        assert (await watch.saw(PlaybackFinished, "menu")).playback.state == "done"
        await ari.channels.play_with_id(CALLER, "missing", "sound:no-such-prompt")
        assert (await watch.saw(PlaybackFinished, "missing")).playback.failed

        await ari.channels.snoop_channel_with_id(CALLER, "listener", spy="in")
        await watch.saw(StasisStart, "listener")
        await ari.channels.record("listener", "message")
        started = await watch.saw(RecordingStarted, "message")
        assert (await ari.recordings.live.get("message")).state == "recording"
        await ari.channels.play_with_id(FAR, "words", speech)
        spoken = await watch.saw(ChannelTalkingFinished, CALLER)
        assert 500 < spoken.duration < 2500
        await watch.raw.post(f"/channels/{FAR}/dtmf", params={"dtmf": "5"})
        assert (await watch.saw(ChannelDtmfReceived, CALLER)).digit == "5"

        await ari.channels.hangup(CALLER)
        ended = await watch.saw(RecordingFinished, "message")
        await watch.saw(StasisEnd, CALLER)
        await watch.saw(ChannelDestroyed, CALLER)
        assert (await ari.recordings.stored.get("message")).format == "wav"
        recorded, loud = seconds_of(server.layout.recordings / "message.wav")
        assert 0.6 < loud < 1.1
        assert abs(recorded - (ended.at - started.at).total_seconds()) < 2  # a busy machine loses some frames
        assert began - timedelta(seconds=1) < started.at < datetime.now(UTC) + timedelta(seconds=1)
        await until(lambda: watch.find(ChannelDestroyed, FAR))
        assert await ari.channels.list() == ()


async def test_each_refusal_has_its_own_name(server: AsteriskServer) -> None:
    async with watching(server) as watch:
        ari = watch.ari
        with pytest.raises(NotFound, match="Channel not found"):
            await ari.channels.answer("nobody")
        with pytest.raises(NotFound, match="Recording not found"):
            await ari.recordings.live.stop("nothing")
        with pytest.raises(NotFound, match="Playback not found"):
            await ari.playbacks.stop("nothing")
        await watch.call()
        await watch.answer()
        with pytest.raises(NotFound, match="variable was not found"):
            await ari.channels.get_channel_var(CALLER, "NEVER_SET")
        with pytest.raises(Refused, match="format is unknown"):
            await ari.channels.record(CALLER, "odd", format="vinyl")
        await ari.channels.record(CALLER, "taken")
        await watch.saw(RecordingStarted, "taken")
        with pytest.raises(Conflict, match="already exists"):
            await ari.channels.record(CALLER, "taken")
        await ari.bridges.create_with_id("room")
        with pytest.raises(Conflict, match="already exists"):
            await ari.bridges.create_with_id("room")
        with pytest.raises(Conflict, match="currently recording"):
            await ari.bridges.add_channel("room", CALLER)
        await ari.recordings.live.cancel("taken")
        await watch.saw(RecordingFinished, "taken")
        with pytest.raises(NotFound):
            await ari.recordings.stored.get("taken")
        await ari.bridges.add_channel("room", CALLER)
        assert [bridge.channel_ids for bridge in await ari.bridges.list()] == [(CALLER,)]
        await ari.channels.record(CALLER, "in-a-bridge")
        assert "in bridge" in (await watch.saw(RecordingFailed, "in-a-bridge")).cause
        await ari.bridges.remove_channel("room", CALLER)
        with pytest.raises(NotFound, match="not in this bridge"):
            await ari.bridges.remove_channel("room", CALLER)
        await ari.bridges.destroy("room")
        await ari.channels.continue_in_dialplan(CALLER, context="away", extension="s")
        await watch.saw(StasisEnd, CALLER)
        with pytest.raises(NotInStasis):
            await ari.channels.answer(CALLER)


async def test_a_wrong_password_is_said_by_requests_and_stream_alike(server: AsteriskServer) -> None:
    async with client(server, "wrong") as ari:
        with pytest.raises(Unauthorised, match="var/secrets"):
            await ari.asterisk.ping()
        with pytest.raises(Unauthorised, match="var/secrets"):
            await asyncio.wait_for(ari.events(lambda event: None).run(), 5)


async def test_the_newer_of_two_controllers_stays(server: AsteriskServer) -> None:
    async with client(server) as older:
        connected = asyncio.Event()

        async def note() -> None:
            connected.set()

        running = asyncio.create_task(older.events(lambda event: None, on_connected=note).run())
        await asyncio.wait_for(connected.wait(), 5)
        async with watching(server) as newer:
            with pytest.raises(Replaced):
                await asyncio.wait_for(running, 5)
            await newer.call()
            assert newer.lost == []


async def test_after_a_restart_the_stream_is_back_and_says_so(server: AsteriskServer) -> None:
    async with watching(server) as watch:
        await watch.call()
        server.kill()
        await until(lambda: watch.lost)
        with pytest.raises(Unavailable, match="cannot be reached"):
            await watch.ari.asterisk.ping()
        await asyncio.to_thread(server.start)
        await until(lambda: len(watch.starts) == 2, 10)
        assert watch.starts[0] != watch.starts[1]
        assert await watch.ari.channels.list() == ()
        watch.events.clear()
        await watch.call()
