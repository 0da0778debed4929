"""An Asterisk on loopback that does what a test tells it: for what the real one cannot be made to do at will."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from ivr.ari.transport import basic

USER, PASSWORD, APP = "lianxin", "right", "lianxin"


async def until(condition: Callable[[], object], limit: float = 5.0) -> None:
    """Wait for a condition; TimeoutError after `limit` seconds."""
    async with asyncio.timeout(limit):
        while not condition():
            await asyncio.sleep(0.002)


class ScriptedAri:
    """ARI's event socket, serving one controller at a time."""

    def __init__(self) -> None:
        self.statuses: deque[int] = deque()
        """What the next attempts get instead of a socket."""
        self.attempts: list[str] = []
        """Path and query of every attempt to open a socket."""
        self.sockets: list[ServerConnection] = []
        """Every socket that was opened, the newest last."""
        self.at_opening: list[dict[str, Any]] = []
        """Events sent in the moment in which a socket opens."""
        self.port = 0
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """For AriClient."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._socket, "127.0.0.1", self.port, process_request=self._decide, compression=None, close_timeout=0.2
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        for socket in self.sockets:
            socket.transport.abort()
        self._server.close()
        await self._server.wait_closed()

    def _decide(self, connection: ServerConnection, request: Request) -> Response | None:
        self.attempts.append(request.path)
        if self.statuses:
            return connection.respond(HTTPStatus(self.statuses.popleft()), "")
        if request.headers.get("Authorization") != basic(USER, PASSWORD):
            return connection.respond(HTTPStatus.UNAUTHORIZED, '{"message":"Authentication required"}')
        return None

    async def _socket(self, socket: ServerConnection) -> None:
        for event in self.at_opening:
            await socket.send(json.dumps(event))
        self.sockets.append(socket)
        await socket.wait_closed()

    async def opened(self, times: int = 1) -> None:
        """Wait until a socket was opened so many times."""
        await until(lambda: len(self.sockets) >= times)

    async def tell(self, *events: dict[str, Any]) -> None:
        """Send events."""
        for event in events:
            await self.sockets[-1].send(json.dumps(event))

    async def say(self, *lines: str | bytes) -> None:
        """Send what may not be an event at all."""
        for line in lines:
            await self.sockets[-1].send(line)

    async def close(self) -> None:
        """Close the socket as a server does that goes down in good order."""
        await self.sockets[-1].close()

    def drop(self) -> None:
        """Break the connection without a word, as a server does that is killed."""
        self.sockets[-1].transport.abort()

    def fall_silent(self) -> None:
        """Neither read nor answer any more, and close nothing, as when a cable is pulled."""
        self.sockets[-1].transport.pause_reading()


def event(kind: str, channel: str = "caller", **more: Any) -> dict[str, Any]:
    """An event about a channel, as Asterisk writes it."""
    told = {"type": kind, "timestamp": "2026-11-21T20:35:10.123+0000", "application": APP, "channel": {"id": channel}}
    return told | more


def key(digit: str, channel: str = "caller") -> dict[str, Any]:
    """A key was pressed."""
    return event("ChannelDtmfReceived", channel, digit=digit, duration_ms=100)
