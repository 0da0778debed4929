"""Requests over a real line: what happens when it drops, is silent, or leads nowhere."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ivr.ari.client import AriClient
from ivr.ari.errors import Unavailable
from ivr.ari.model import Channel


class Wire:
    """A server that takes requests and then does what it is told: answer, drop the line, or stay silent."""

    def __init__(self, *script: str) -> None:
        self.script = list(script)
        self.requests: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.requests.append(head.split(b" ")[0].decode())
            match self.script.pop(0):
                case "answer":
                    body = json.dumps([{"id": "c"}]).encode()
                    writer.write(
                        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
                    )
                    await writer.drain()
                case "silence":
                    await reader.read()  # until the client gives up
        finally:
            writer.close()


@asynccontextmanager
async def wired(wire: Wire, limit: float = 5.0) -> AsyncIterator[AriClient]:
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with AriClient(url, "lianxin", "right", "lianxin", limit=limit) as ari:
        yield ari
    server.close()
    await server.wait_closed()


async def test_reading_is_tried_once_more_when_the_line_drops() -> None:
    wire = Wire("drop", "answer")
    async with wired(wire) as ari:
        assert await ari.channels.list() == (Channel(id="c"),)
    assert wire.requests == ["GET", "GET"]


async def test_reading_is_not_tried_a_third_time() -> None:
    wire = Wire("drop", "drop", "answer")
    async with wired(wire) as ari:
        with pytest.raises(Unavailable, match="dropped the connection during GET /channels"):
            await ari.channels.list()
    assert wire.requests == ["GET", "GET"]


async def test_doing_is_never_repeated_by_itself() -> None:
    wire = Wire("drop")
    async with wired(wire) as ari:
        with pytest.raises(Unavailable, match="dropped the connection during POST /channels/c/answer"):
            await ari.channels.answer("c")
    assert wire.requests == ["POST"]


async def test_ending_is_tried_once_more_when_the_line_drops() -> None:
    wire = Wire("drop", "drop")
    async with wired(wire) as ari:
        with pytest.raises(Unavailable, match="dropped the connection during DELETE /channels/c"):
            await ari.channels.hangup("c")
    assert wire.requests == ["DELETE", "DELETE"]


async def test_an_asterisk_that_does_not_answer_costs_no_more_than_the_limit() -> None:
    wire = Wire("silence")
    async with wired(wire, limit=0.2) as ari:
        with pytest.raises(Unavailable, match=r"did not answer GET /channels within 0\.2 s"):
            await asyncio.wait_for(ari.channels.list(), 5)
    assert wire.requests == ["GET"]


async def test_an_asterisk_that_is_not_there_is_named_with_the_mend() -> None:
    wire = Wire()
    async with wired(wire) as ari:
        pass
    gone = str(ari.asterisk._http._base_url)
    async with AriClient(gone, "lianxin", "right", "lianxin") as ari:
        with pytest.raises(Unavailable, match=f"{gone} cannot be reached; start it: lianxin asterisk start"):
            await ari.asterisk.ping()


async def test_a_proxy_in_the_environment_does_not_come_between(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    async with wired(Wire("answer")) as ari:
        assert await ari.channels.list() == (Channel(id="c"),)
