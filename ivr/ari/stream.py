"""The stream of events: one socket that is opened again whenever it is lost."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import urlencode

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

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
    """How a lost socket is noticed that nobody closed. In seconds; the sum of all is the longest it can take."""

    every: float = 4.0
    """Between two pings."""
    answer: float = 4.0
    """For the answer to a ping, and for the opening of a socket."""
    close: float = 1.0
    """For the other side to agree to closing."""


BACKOFF = Backoff()
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
        try:
            socket = await self._open()
        except InvalidStatus as error:
            status = error.response.status_code
            if status in (401, 403):
                raise unauthorised(self._asterisk, self._user, self._secrets, status) from None
            return f"{self._asterisk} answered {status} to opening the event socket", 0.0
        except (OSError, InvalidHandshake, TimeoutError, EOFError) as error:
            return f"{self._asterisk} cannot be reached: {str(error) or type(error).__name__}", 0.0
        opened = self._elapsed()
        try:
            why = await self._read(socket)
        finally:
            await socket.close()
        if self._on_lost:
            self._on_lost(why)
        return why, self._elapsed() - opened

    async def _open(self) -> ClientConnection:
        return await connect(
            self._address,
            additional_headers={"Authorization": basic(self._user, self._password)},
            compression=None,  # Asterisk does not offer it
            proxy=None,  # a proxy named in the environment must never stand between us and our own machine
            open_timeout=self._heartbeat.answer,
            ping_interval=self._heartbeat.every,
            ping_timeout=self._heartbeat.answer,
            close_timeout=self._heartbeat.close,
            max_size=LARGEST_EVENT,
            max_queue=None,  # always take what comes: Asterisk ends a socket that it cannot write to for 100 ms
        )

    async def _read(self, socket: ClientConnection) -> str:
        """Handle events until the socket is lost, and say why it was."""
        try:
            if self._on_connected:
                await self._on_connected()
            async for message in socket:
                self._take(message)
        except Unavailable as error:
            return str(error)
        except ConnectionClosed as error:
            return f"{self._asterisk} dropped the event socket: {error}"
        return f"{self._asterisk} closed the event socket"

    def _take(self, message: str | bytes) -> None:
        """Handle one event. What cannot be read is said and left out, for the next one may end a call."""
        kind = "unreadable"
        try:
            content = json.loads(message)
            kind = str(content.get("type")) if isinstance(content, dict) else kind
            event = read_event(content, self._clock())
        except (ValueError, RecursionError, Malformed) as error:
            log.warning("ari-event-left-out", type=kind[:60], why=str(error) if isinstance(error, Malformed) else "")
            return
        if isinstance(event, ApplicationReplaced):
            raise Replaced(
                f"another controller connected to {self._asterisk} as application '{self._app}'; "
                "run one per Asterisk, and stop the other first"
            )
        self._handle(event)
