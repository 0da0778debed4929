"""The stream of events: one socket that is opened again whenever it is lost."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import urlencode

import structlog
from aiohttp import (
    ClientError,
    ClientSession,
    ClientWebSocketResponse,
    ClientWSTimeout,
    WSMessage,
    WSMsgType,
    WSServerHandshakeError,
)
from msgspec import MsgspecError
from msgspec.json import decode

from ivr.ari.backoff import Backoff
from ivr.ari.errors import Malformed, Replaced, Unavailable
from ivr.ari.events import ApplicationReplaced, Event
from ivr.ari.reading import read_event
from ivr.ari.transport import basic, unauthorised

LARGEST_EVENT = 4 * 2**20
"""Bytes of the largest event that is read. Real ones have about one kilobyte."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How a lost socket is noticed that nobody closed, in seconds: `every` and a half, and `close`, at the longest."""

    every: float = 4.0
    """Of silence until a ping is sent. Half of it is the time for the answer."""
    opening: float = 4.0
    """For the opening of a socket."""
    close: float = 1.0
    """For the other side to agree to closing."""


BACKOFF = Backoff()
EVENTS = (WSMsgType.TEXT, WSMsgType.BINARY)
HEARTBEAT = Heartbeat()


class EventStream:
    """Reads our application's events for ever and hands each to `handle`, in Asterisk's order.

    `handle` must not wait; Router.dispatch does not. `on_connected` is awaited after every connection before the first
    event of it is handled: the place to list what there is in Asterisk and adopt it. Events that come meanwhile wait,
    so they may tell what the listing already showed. If it raises Unavailable, the connection counts as lost.
    `on_lost` is told the reason once for every connection that was lost, before the first retry.
    """

    def __init__(
        self,
        base_url: str,
        user: str,
        password: str,
        app: str,
        *,
        handle: Callable[[Event], None],
        on_connected: Callable[[], Awaitable[None]] | None = None,
        on_lost: Callable[[str], None] | None = None,
        secrets: str = "var/secrets",
        backoff: Backoff = BACKOFF,
        heartbeat: Heartbeat = HEARTBEAT,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        elapsed: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        base_url = base_url.rstrip("/")
        query = urlencode({"app": app, "subscribeAll": "false"})
        self._address = f"ws{base_url.removeprefix('http')}/ari/events?{query}"
        self._asterisk = f"Asterisk at {base_url}"
        self._user, self._password, self._app, self._secrets = user, password, app, secrets
        self._handle = handle
        self._on_connected = on_connected
        self._on_lost = on_lost
        self._backoff = backoff
        self._heartbeat = heartbeat
        self._clock = clock
        self._elapsed = elapsed
        self._sleep = sleep

    async def run(self) -> NoReturn:
        """Run until cancelled.

        Raises Replaced when another controller connected for our application, and Unauthorised when Asterisk does not
        take our password: neither gets better by trying again. Everything else is tried again.
        """
        failures = 0
        while True:
            why, lived = await self._serve_connection()
            # A socket that opens and drops at once must not be opened again and again without a pause.
            failures = 1 if lived > self._backoff.cap else failures + 1
            pause = self._backoff.wait(failures)
            say = log.warning if failures == 1 else log.debug
            say("ari-socket-lost", why=why, failures=failures, pause=round(pause, 3))
            await self._sleep(pause)

    async def _serve_connection(self) -> tuple[str, float]:
        """Open the socket, read it until it is lost; say why it was and for how many seconds it lived."""
        async with ClientSession() as session:  # which heeds no proxy named in the environment
            try:
                socket = await self._open(session)
            except WSServerHandshakeError as error:
                if error.status in (401, 403):
                    raise unauthorised(self._asterisk, self._user, self._secrets, error.status) from None
                return f"{self._asterisk} answered {error.status} to opening the event socket", 0.0
            except (OSError, ClientError) as error:  # a TimeoutError is an OSError
                return f"{self._asterisk} cannot be reached: {str(error) or type(error).__name__}", 0.0
            opened = self._elapsed()
            try:
                why = await self._read(socket)
            finally:
                await socket.close()
        if self._on_lost:
            self._on_lost(why)
        return why, self._elapsed() - opened

    async def _open(self, session: ClientSession) -> ClientWebSocketResponse:
        async with asyncio.timeout(self._heartbeat.opening):
            return await session.ws_connect(
                self._address,
                headers={"Authorization": basic(self._user, self._password)},
                heartbeat=self._heartbeat.every,
                timeout=ClientWSTimeout(ws_close=self._heartbeat.close),
                max_msg_size=LARGEST_EVENT,
            )

    async def _read(self, socket: ClientWebSocketResponse) -> str:
        """Handle events until the socket is lost, and say why it was."""
        try:
            for message in await self._adopt(socket):
                if message.type not in EVENTS:
                    return self._lost(socket)
                self._take(message.data)
        except Unavailable as error:
            return str(error)
        while (message := await socket.receive()).type in EVENTS:
            self._take(message.data)
        return self._lost(socket)

    async def _adopt(self, socket: ClientWebSocketResponse) -> list[WSMessage]:
        """Await `on_connected`; gives what came meanwhile.

        That is always taken off the socket: Asterisk ends one that it cannot write to for 100 ms.
        """
        early: list[WSMessage] = []

        async def take_off() -> None:
            while not early or early[-1].type in EVENTS:
                early.append(await socket.receive())

        taking = asyncio.create_task(take_off())
        try:
            if self._on_connected:
                await self._on_connected()
        finally:
            taking.cancel()
            await asyncio.wait([taking])
        return early

    def _lost(self, socket: ClientWebSocketResponse) -> str:
        if error := socket.exception():
            return f"{self._asterisk} dropped the event socket: {error}"
        return f"{self._asterisk} closed the event socket ({socket.close_code})"

    def _take(self, text: str | bytes) -> None:
        """Handle one event. What cannot be read is said and left out, for the next one may end a call."""
        kind = "unreadable"
        try:
            content = decode(text)
            kind = str(content.get("type")) if isinstance(content, dict) else kind
            event = read_event(content, self._clock())
        except (MsgspecError, ValueError, RecursionError, Malformed) as error:
            log.warning("ari-event-left-out", type=kind[:60], why=str(error) if isinstance(error, Malformed) else "")
            return
        if isinstance(event, ApplicationReplaced):
            raise Replaced(
                f"another controller connected to {self._asterisk} as application '{self._app}'; "
                "run one per Asterisk, and stop the other first"
            )
        self._handle(event)
