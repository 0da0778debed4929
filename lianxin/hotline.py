"""The whole hotline on one machine: Asterisk, the controller, a worker and the console, kept running."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TextIO

import httpx

from ivr.ari.client import AriClient
from ivr.ari.errors import AriError
from lianxin.alone import hold_alone
from lianxin.asterisk.errors import AsteriskError
from lianxin.asterisk.finding import find_asterisk
from lianxin.asterisk.running import ARI_USER, AsteriskServer, server_of
from lianxin.asterisk.secrets import kept_secret
from lianxin.compose import open_archive, var_of
from lianxin.places import console_address
from lianxin.settings import Settings
from lianxin.supervisor import Part, Supervisor
from lianxin.telephony import APP
from recordings import ledger
from recordings.archive import Archive
from recordings.errors import ArchiveError
from recordings.tables import Heartbeat
from web.serving import check_port

SETTLE_LIMIT = 5.0
"""Seconds that calls and recordings get to end in order when we stop."""
SILENT = timedelta(seconds=30)
"""How long a controller may give no sign of life. One comes every 5 seconds."""
WATCH = 1.0
"""Seconds between two looks at whether Asterisk still runs."""


class Hotline:
    """Starts the parts in order, keeps them running, stops them in reverse."""

    def __init__(self, settings: Settings, *, say: Callable[[str], None]) -> None:
        """`say` tells the person at the terminal. The parts' processes read their settings as we did ours."""
        self.settings = settings
        self.asterisk: AsteriskServer = server_of(settings, find_asterisk(settings))
        self.archive: Archive = open_archive(settings)
        self._say = say
        self._supervisor = Supervisor(say)
        self._since = datetime.now(UTC)
        self._lock: TextIO | None = None

    async def start(self) -> None:
        """Bring everything up. Raises the error of the part that does not come up; what is up by then is stopped."""
        self._refuse_a_second()
        try:
            await asyncio.to_thread(self.asterisk.start)
            self._say(f"Asterisk {self.asterisk.program.version} takes calls on SIP port {self.asterisk.ports.sip}")
            for name, ready in (
                ("controller", self._beats("controller:")),
                ("worker", self._beats("worker:")),
                ("web", self._console_answers),
            ):
                await self._supervisor.start(self._part(name, ready))
                self._say(f"{name} is ready")
        except BaseException:
            await self.stop()
            raise

    def _refuse_a_second(self) -> None:
        """Two hotlines must not share a folder, nor the console a port. Raises HotlineRunning and PortInUse."""
        self._lock = hold_alone(var_of(self.settings))
        try:
            check_port(self.settings.web.host, self.settings.web.port)
        except Exception:
            self._lock.close()
            raise

    def _part(self, name: str, ready: Callable[[], Awaitable[bool]]) -> Part:
        log = var_of(self.settings) / "log" / f"{name}.log"
        alive = self._controller_is_alive if name == "controller" else None
        return Part(name, (sys.executable, "-m", "lianxin", name), log, ready, alive)

    async def _controller_is_alive(self) -> bool:
        """Whether one gave a sign of life lately, ours or another that took over; yes when nobody can tell."""

        def seen() -> bool:
            with self.archive.reading() as session:
                beat = session.get(Heartbeat, f"controller:{self.settings.ivr.node}")
            return beat is not None and datetime.now(UTC) - beat.seen_at < SILENT

        try:
            return await asyncio.to_thread(seen)
        except ArchiveError:
            return True

    def _beats(self, prefix: str) -> Callable[[], Awaitable[bool]]:
        """Whether a process of that name has given a sign of life since we began."""

        def seen() -> bool:
            with self.archive.reading() as session:
                beats = session.query(Heartbeat).all()
            return any(beat.name.startswith(prefix) and beat.seen_at >= self._since for beat in beats)

        async def ready() -> bool:
            return await asyncio.to_thread(seen)

        return ready

    async def _console_answers(self) -> bool:
        async with httpx.AsyncClient(trust_env=False) as client:
            try:
                await client.get(self.console, timeout=2)
            except httpx.HTTPError:
                return False
        return True

    @property
    def console(self) -> str:
        """Address of the console, as seen on this machine."""
        return console_address(self.settings)

    def pids(self) -> dict[str, int]:
        """Process ids of the parts beside Asterisk, by name."""
        return self._supervisor.pids()

    async def watch(self) -> None:
        """Keep all parts running. Runs until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._supervisor.watch())
            tasks.create_task(self._watch_asterisk())

    async def _watch_asterisk(self) -> None:
        while True:
            await asyncio.sleep(WATCH)
            if not self.asterisk.running():
                self._say(f"Asterisk ended; starting it again (its log: {self.asterisk.layout.log})")
                try:
                    await asyncio.to_thread(self.asterisk.start)
                except AsteriskError as error:
                    self._say(f"Asterisk did not start: {error}; trying again")

    async def stop(self) -> None:
        """End the calls that are up, so that their recordings are settled, then stop all parts."""
        await self._end_calls()
        await self._supervisor.stop()
        await asyncio.to_thread(self.asterisk.stop)
        self.archive.close()
        if self._lock:
            self._lock.close()

    async def _end_calls(self) -> None:
        """Hang up on whoever is on the line and give the controller a moment to close the books."""
        address = f"http://127.0.0.1:{self.asterisk.ports.http}"
        password = kept_secret(self.asterisk.layout.secrets, "ari")
        try:
            async with AriClient(address, ARI_USER, password, APP) as ari, asyncio.timeout(SETTLE_LIMIT):
                for channel in await ari.channels.list():
                    with suppress(AriError):
                        await ari.channels.hangup(channel.id)
                while await asyncio.to_thread(self._calls_open):  # noqa: ASYNC110 - the database rings no bell
                    await asyncio.sleep(0.1)
        except (AriError, ArchiveError, TimeoutError):
            return  # what is left open now is settled at the next start

    def _calls_open(self) -> bool:
        with self.archive.reading() as session:
            return bool(
                ledger.open_calls(session, self.settings.ivr.node) + ledger.unsettled(session, self.settings.ivr.node)
            )
