"""ARI's event socket without an Asterisk (`python -m lianxin.bench.stub`): it prints its port, and sends what is asked.

The application's name in the address says what: `burst-N` sends N events as fast as they are taken, `paced-R-S` sends
R events a second for S seconds, each with the moment at which it was sent.
"""

import asyncio
import json
import struct
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlparse

from websockets.asyncio.server import ServerConnection, serve

CALLS = 50
"""Calls among which the events are spread."""
CHUNK = 200
FULL = 1 << 20
"""Bytes that may wait on the socket before more are made."""
STAMP = "2026-11-21T20:35:10.123+0000"


def channel_of(call: int) -> str:
    """The id of a call's channel."""
    return f"1795293039.{call}"


def a_call(call: int) -> list[dict[str, Any]]:
    """What Asterisk 22 tells of a short call, as in tests/ari/asterisk-22.10.1.jsonl; the hang-up is left out."""
    channel = {
        "id": channel_of(call), "name": f"PJSIP/trunk-{call:08x}", "state": "Up", "protocol_id": f"{call}@203.0.113.10",
        "caller": {"name": "", "number": "13800138000"}, "connected": {"name": "", "number": ""}, "accountcode": "",
        "dialplan": {
            "context": "hotline", "exten": "s", "priority": 4, "app_name": "Stasis", "app_data": "lianxin,95598",
        },
        "creationtime": STAMP, "language": "zh",
    }  # fmt: skip
    playback = {
        "id": f"playback-{call}", "media_uri": "sound:/prompts/menu.main", "target_uri": f"channel:{channel_of(call)}",
        "language": "zh", "state": "playing",
    }  # fmt: skip
    recording = {
        "name": f"recording-{call}", "format": "wav", "state": "recording", "target_uri": f"channel:{channel_of(call)}",
    }  # fmt: skip
    more = {"timestamp": STAMP, "asterisk_id": "00:16:3e:00:00:01", "application": "lianxin"}
    return [
        {"type": "StasisStart", "args": ["95598"], "channel": channel, **more},
        {"type": "PlaybackStarted", "playback": playback, **more},
        {"type": "ChannelTalkingStarted", "channel": channel, **more},
        {"type": "ChannelDtmfReceived", "digit": "1", "duration_ms": 100, "channel": channel, **more},
        {"type": "PlaybackFinished", "playback": {**playback, "state": "done"}, **more},
        {"type": "RecordingStarted", "recording": recording, **more},
        {"type": "ChannelTalkingFinished", "duration": 2974, "channel": channel, **more},
        {"type": "RecordingFinished", "recording": {**recording, "state": "done", "duration": 7}, **more},
    ]


def frame(event: dict[str, Any]) -> bytes:
    """The event as one text frame of a server (RFC 6455, section 5.2)."""
    text = json.dumps(event).encode()
    return b"\x81\x7e" + struct.pack(">H", len(text)) + text


def in_turn() -> Iterator[dict[str, Any]]:
    """Events of all calls, mixed as they are on a busy line, for ever."""
    calls = [a_call(call) for call in range(CALLS)]
    while True:
        for step in range(len(calls[0])):
            for events in calls:
                yield events[step]


async def burst(socket: ServerConnection, number: int) -> None:
    """All at once."""
    events = in_turn()
    frames = [frame(next(events)) for _ in range(number)]
    for begin in range(0, number, CHUNK):
        while socket.transport.get_write_buffer_size() > FULL:  # noqa: ASYNC110 - nothing tells when it has drained
            await asyncio.sleep(0)
        socket.transport.write(b"".join(frames[begin : begin + CHUNK]))
        await asyncio.sleep(0)


async def paced(socket: ServerConnection, rate: int, seconds: int) -> None:
    """One after the other at an even pace."""
    events, begun = in_turn(), time.monotonic()
    for number in range(rate * seconds):
        if (early := begun + number / rate - time.monotonic()) > 0:
            await asyncio.sleep(early)
        socket.transport.write(frame({**next(events), "sent": time.monotonic()}))


async def take(socket: ServerConnection) -> None:
    """One listener."""
    assert socket.request is not None
    what, *numbers = parse_qs(urlparse(socket.request.path).query)["app"][0].split("-")
    await asyncio.sleep(0.3)  # the listener gets ready
    if what == "burst":
        await burst(socket, int(numbers[0]))
    else:
        await paced(socket, int(numbers[0]), int(numbers[1]))
    await socket.wait_closed()


async def main() -> None:
    """Serve until stdin is closed."""
    async with serve(take, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        sys.stdout.write(f"{next(iter(server.sockets)).getsockname()[1]}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
