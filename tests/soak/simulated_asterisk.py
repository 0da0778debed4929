"""An Asterisk without telephones that answers our requests as the real one does, at any pace and with every hang-up.

What it does was read off Asterisk 22 (docs/ari.md): `record` and `play` only queue; a channel that dies takes its
snoops, playbacks and recordings along; between the hang-up and the end of a channel requests get 409, afterwards 404;
a recording that was only queued when its channel died is never heard of again; a file may be whole, empty or missing.
"""

import asyncio
import json
import struct
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import httpx

from ivr.ari.client import AriClient
from ivr.ari.events import Event
from ivr.ari.reading import read_event
from tests.ari.answering import Answering

SLOWEST = 0.01
"""Seconds that an answer or an event may take."""


@dataclass
class SimulatedChannel:
    """A caller's channel, or a snoop on one."""

    id: str
    target: str = ""
    """The channel that a snoop listens to."""
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    hung_up: bool = False
    """It is ending: no longer in the application, not yet gone."""
    playing: list[str] = field(default_factory=list)
    recording: str = ""
    recording_begun: bool = False

    def as_json(self) -> dict[str, Any]:
        """As ARI tells it."""
        dialplan = {} if self.target else {"app_name": "Stasis", "app_data": "lianxin,95598", "context": "hotline"}
        stamp = self.since.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
        return {"id": self.id, "state": "Up", "creationtime": stamp, "dialplan": dialplan, "caller": {"number": "139"}}


class SimulatedAsterisk:
    """Takes requests, tells events in order to whoever listens."""

    def __init__(self, chance: Random, spool: Path) -> None:
        self.channels: dict[str, SimulatedChannel] = {}
        self.bridges: dict[str, Any] = {}
        self.playbacks: dict[str, SimulatedChannel] = {}
        self.recordings: dict[str, SimulatedChannel] = {}
        self.requests = 0
        self.refused = 0
        """Requests that were answered with 404, 409 or 500."""
        self.hung_up_at_request = 0.0
        """Chance that a caller hangs up in the moment of any request, before or after it is carried out."""
        self._chance = chance
        self._spool = spool
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._later: set[asyncio.Task[None]] = set()
        spool.mkdir(parents=True, exist_ok=True)

    # ---- events

    def tell(self, kind: str, **what: Any) -> None:
        """Put an event on the socket."""
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
        self._events.put_nowait({"type": kind, "timestamp": stamp, "application": "lianxin", **what})

    async def stream(self, handle: Callable[[Event], None], on_connected: Callable[[], Any]) -> NoReturn:
        """What EventStream.run does, without a socket."""
        await on_connected()
        while True:
            event = await self._events.get()
            handle(read_event(event, datetime.now(UTC)))

    def _soon(self, doing: Callable[[], None], slowest: float = SLOWEST) -> None:
        async def later() -> None:
            await asyncio.sleep(self._chance.uniform(0, slowest))
            doing()

        task = asyncio.create_task(later(), name="asterisk")
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    # ---- callers

    def ring(self, channel_id: str) -> None:
        """A caller arrives."""
        channel = self.channels[channel_id] = SimulatedChannel(channel_id)
        self.tell("StasisStart", args=["95598"], channel=channel.as_json())

    def press(self, channel_id: str, digit: str) -> None:
        """The caller presses a key; nothing happens when they have left."""
        if (channel := self._up(channel_id)) is not None:
            self.tell("ChannelDtmfReceived", channel=channel.as_json(), digit=digit, duration_ms=100)

    def talk(self, channel_id: str, begins: bool) -> None:
        """The caller begins or ends to speak, as the snoop on them notices."""
        for snoop in [c for c in self.channels.values() if c.target == channel_id and not c.hung_up]:
            kind = "ChannelTalkingStarted" if begins else "ChannelTalkingFinished"
            self.tell(kind, channel=snoop.as_json(), **({} if begins else {"duration": 2000}))

    def hang_up(self, channel_id: str) -> None:
        """The channel ends, and with it all that hangs on it: first it leaves the application, a little later it is
        gone.
        """
        channel = self._up(channel_id)
        if channel is None:
            return
        channel.hung_up = True
        if not channel.target:
            self.tell("ChannelHangupRequest", channel=channel.as_json(), cause=16)
        for playback in list(channel.playing):
            self._end_playback(playback, "failed")
        for snoop in [c.id for c in self.channels.values() if c.target == channel_id]:
            self.hang_up(snoop)
        if channel.recording:
            if channel.recording_begun:
                self._close_file(channel.recording)
                self._end_recording(channel)
            else:
                self.recordings.pop(channel.recording, None)  # and nobody is told
        self.tell("StasisEnd", channel=channel.as_json())

        def gone() -> None:
            self.channels.pop(channel_id, None)
            self.tell("ChannelDestroyed", channel=channel.as_json(), cause=16)

        self._soon(gone)

    def _up(self, channel_id: str) -> SimulatedChannel | None:
        channel = self.channels.get(channel_id)
        return channel if channel is not None and not channel.hung_up else None

    # ---- requests

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer after a while; the caller may hang up in between, at every point."""
        self.requests += 1
        path = request.url.path.removeprefix("/ari/").split("/")
        values = dict(request.url.params)
        subject = path[1] if len(path) > 1 and path[0] == "channels" else ""
        caller = self.channels[subject].target or subject if subject in self.channels else ""
        await asyncio.sleep(self._chance.uniform(0, SLOWEST))
        if caller and self._chance.random() < self.hung_up_at_request:
            self.hang_up(caller)
        status, body = self._answer(request.method, path, values)
        if caller and self._chance.random() < self.hung_up_at_request:
            self.hang_up(caller)
        await asyncio.sleep(self._chance.uniform(0, SLOWEST))
        self.refused += status >= 400
        content = json.dumps(body).encode() if body is not None else b""
        return httpx.Response(status, content=content, request=request)

    def _answer(self, method: str, path: list[str], values: dict[str, str]) -> tuple[int, Any]:
        match method, *path:
            case "GET", "channels":
                return 200, [channel.as_json() for channel in self.channels.values()]
            case "GET", "bridges":
                return 200, list(self.bridges.values())
            case "DELETE", "playbacks", playback:
                if playback not in self.playbacks:
                    return 404, {"message": "Playback not found"}
                self._end_playback(playback, "done")
                return 204, None
            case "GET", "recordings", "live", name:
                return (200, {"name": name}) if name in self.recordings else (404, {"message": "Recording not found"})
            case "POST", "recordings", "live", name, "stop":
                return self._stop_recording(name)
            case _, "channels", channel_id, *what:
                channel = self.channels.get(channel_id)
                if channel is None:
                    return 404, {"message": "Channel not found"}
                if channel.hung_up and method != "DELETE":
                    return 409, {"message": "Channel not in Stasis application"}
                return self._command(method, channel, what, values)
        raise AssertionError(f"no simulated Asterisk knows {method} {'/'.join(path)}")

    def _command(
        self, method: str, channel: SimulatedChannel, what: list[str], values: dict[str, str]
    ) -> tuple[int, Any]:
        match what:
            case []:
                self.hang_up(channel.id)
                return 204, None
            case ["answer"]:
                if self._chance.random() < self.hung_up_at_request:
                    self.hang_up(channel.id)
                    return 500, {"message": "Failed to answer channel"}
                return 204, None
            case ["continue"]:  # the dialplan apologises, takes no message, and hangs up
                self.hang_up(channel.id)
                return 204, None
            case ["variable"]:
                return 204, None
            case ["play", playback]:
                self._play(channel, playback)
                return 201, {"id": playback, "state": "queued", "target_uri": f"channel:{channel.id}"}
            case ["snoop", snoop]:
                made = self.channels[snoop] = SimulatedChannel(snoop, target=channel.id)
                self._soon(lambda: self._up(snoop) and self.tell("StasisStart", args=[], channel=made.as_json()))
                return 200, made.as_json()
            case ["record"]:
                return self._record(channel, values["name"])
        raise AssertionError(f"no simulated Asterisk knows {method} {what}")

    def _play(self, channel: SimulatedChannel, playback: str) -> None:
        self.playbacks[playback] = channel
        channel.playing.append(playback)
        self.tell("PlaybackStarted", playback={"id": playback, "state": "playing", "target_uri": channel.id})
        self._soon(lambda: self._end_playback(playback, "done"), slowest=10 * SLOWEST)

    def _end_playback(self, playback: str, state: str) -> None:
        if (channel := self.playbacks.pop(playback, None)) is not None:
            channel.playing.remove(playback)
            target = f"channel:{channel.id}"
            self.tell("PlaybackFinished", playback={"id": playback, "state": state, "target_uri": target})

    def _record(self, channel: SimulatedChannel, name: str) -> tuple[int, Any]:
        if name in self.recordings:
            return 409, {"message": "Recording already in progress"}
        self.recordings[name], channel.recording = channel, name

        def begin() -> None:
            if self._up(channel.id) is not None:
                channel.recording_begun = True
                self.tell("RecordingStarted", recording=self._as_json(channel, "recording"))

        self._soon(begin)
        return 201, self._as_json(channel, "queued")

    def _stop_recording(self, name: str) -> tuple[int, Any]:
        channel = self.recordings.get(name)
        if channel is None:
            return 404, {"message": "Recording not found"}
        if channel.recording_begun:
            self._close_file(name)
        self._end_recording(channel)
        return 204, None

    def _end_recording(self, channel: SimulatedChannel) -> None:
        self.recordings.pop(channel.recording, None)
        told = self._as_json(channel, "done")
        channel.recording = ""
        self._soon(lambda: self.tell("RecordingFinished", recording=told))

    def _as_json(self, channel: SimulatedChannel, state: str) -> dict[str, Any]:
        return {"name": channel.recording, "state": state, "format": "wav", "target_uri": f"channel:{channel.id}"}

    def _close_file(self, name: str) -> None:
        """Mostly a whole file; now and then none, an empty one, or one whose header was never finished."""
        fate, file = self._chance.random(), self._spool / f"{name}.wav"
        if fate < 0.02:
            return
        if fate < 0.04:
            file.write_bytes(b"")
            return
        with wave.open(str(file), "wb") as audio:
            audio.setparams((1, 2, 8000, 0, "NONE", ""))
            audio.writeframes(struct.pack("<h", 1000) * 4000)
        if fate < 0.06:
            content = bytearray(file.read_bytes())
            content[4:8] = content[40:44] = bytes(4)
            file.write_bytes(content)


class SimulatedStream:
    """Stands for EventStream."""

    def __init__(self, asterisk: SimulatedAsterisk, handle: Callable[[Event], None], on_connected: Any) -> None:
        self._asterisk, self._handle, self._on_connected = asterisk, handle, on_connected

    async def run(self) -> NoReturn:
        """Until cancelled."""
        await self._asterisk.stream(self._handle, self._on_connected)


class SimulatedClient(AriClient):
    """The real client, speaking with the simulated Asterisk."""

    def __init__(self, asterisk: SimulatedAsterisk) -> None:
        super().__init__("http://asterisk", "lianxin", "word", "lianxin", exchange=Answering(asterisk.answer))
        self._simulated = asterisk

    def events(self, handle: Callable[[Event], None], *, on_connected: Any = None, on_lost: Any = None) -> Any:
        """Events of the simulated Asterisk."""
        return SimulatedStream(self._simulated, handle, on_connected)
