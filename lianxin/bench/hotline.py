"""The hotline that is measured: an Asterisk and a controller in a folder of their own, on free ports of loopback."""

import asyncio
import os
import shutil
import sys
import time
import wave
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ivr.ari.client import AriClient
from ivr.ari.errors import NotFound
from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.asterisk.finding import find_asterisk
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.running import ARI_USER, AsteriskServer
from lianxin.bench.dialplan import as_dialplan
from lianxin.bench.processes import cpu_seconds
from lianxin.bench.script import PROMPTS
from lianxin.compose import var_of
from lianxin.errors import PartNotReady
from lianxin.settings import Settings
from lianxin.telephony import APP
from recordings.accounting import Account, account
from recordings.archive import Archive

MENU = Path(__file__).parent / "menu.toml"
START_LIMIT = 20.0
SETTLE_LIMIT = 30.0
"""Seconds for the last recording to be taken into the archive."""
NUMBER = "95598"
SHORTEST = 8000 * 2
"""Bytes of the shortest message that counts as recorded: one second."""


def place_of(settings: Settings) -> Path:
    """Where all of it is kept; swept clean before each run."""
    return var_of(settings) / "bench"


class BenchHotline:
    """As a context: up inside, and gone with all that it wrote afterwards."""

    def __init__(self, settings: Settings, calls: int) -> None:
        """For so many calls at once. Raises what finding an Asterisk raises."""
        self.folder = place_of(settings)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.messages = self.folder / "dialplan"
        self.messages.mkdir(parents=True)
        program = find_asterisk(settings)
        if program.fetched:
            layout = Layout(self.folder)
            layout.root.parent.mkdir(parents=True)
            layout.root.symlink_to(Layout(var_of(settings)).root)
        catalogue = Catalogue.load(SHIPPED)
        wanted = (*PROMPTS, *(f"digit.{digit}" for digit in range(10)), "repair.next")
        self.prompts: Mapping[str, Path] = {name: catalogue.audio(name).resolve() for name in wanted}
        self.server = AsteriskServer(
            program,
            self.folder,
            Ports.free(rtp_ports=max(40, 4 * calls)),
            SHIPPED,
            trunk_address="127.0.0.1",
            more_dialplan=as_dialplan(self.prompts, self.messages),
        )
        self._controller: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.server.start)
        try:
            await self._start_controller()
        except BaseException:
            await self._stop()
            raise
        self.archive = Archive.open(f"sqlite:///{self.folder / 'lianxin.db'}", str(self.folder / "archive"))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.archive.close()
        await self._stop()

    async def _start_controller(self) -> None:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("LIANXIN_")}
        ours |= {
            "LIANXIN_VAR": str(self.folder),
            "LIANXIN_SETTINGS": os.devnull,
            "LIANXIN_ASTERISK__HTTP_PORT": str(self.server.ports.http),
            "LIANXIN_IVR__MENU": str(MENU),
        }
        with self.log.open("wb") as log:
            self._controller = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "lianxin", "controller",
                env=ours, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + START_LIMIT
        while not await self._connected():
            if self._controller.returncode is not None or time.monotonic() > deadline:
                raise PartNotReady(f"the controller did not come up; see {self.log}")
            await asyncio.sleep(0.1)

    async def _connected(self) -> bool:
        url = self.server.ari_url.removesuffix("/ari")
        async with AriClient(url, ARI_USER, self.server.ari_password, APP) as ari:
            try:
                await ari.applications.get(APP)
            except NotFound:
                return False
        return True

    @property
    def log(self) -> Path:
        """What the controller logs."""
        return self.folder / "controller.log"

    async def _stop(self) -> None:
        if self._controller and self._controller.returncode is None:
            self._controller.terminate()
            try:
                await asyncio.wait_for(self._controller.wait(), 10)
            except TimeoutError:
                self._controller.kill()
                await self._controller.wait()
        await asyncio.to_thread(self.server.kill)

    def cpu_of_asterisk(self) -> float:
        """CPU seconds that Asterisk has used."""
        return cpu_seconds(self.server.pid)

    def cpu_of_controller(self) -> float:
        """CPU seconds that the controller has used."""
        return cpu_seconds(self._controller.pid) if self._controller else 0.0

    def books(self) -> Account:
        """The account of all recordings."""
        with self.archive.reading() as session:
            return account(session, self.archive.store, datetime.now(UTC))

    async def settled(self) -> Account:
        """Wait until every recording is stored, absent or failed, or has had time enough to be; the account."""
        deadline = time.monotonic() + SETTLE_LIMIT
        while (books := self.books()).in_progress and time.monotonic() < deadline:  # noqa: ASYNC110 - another process's
            await asyncio.sleep(0.5)
        return books

    def dialplan_messages(self) -> int:
        """How many messages the dialplan has kept."""
        return sum(_is_message(file) for file in self.messages.glob("*.wav"))


def _is_message(file: Path) -> bool:
    with suppress(OSError, wave.Error, EOFError), wave.open(str(file)) as audio:
        return bool(audio.getnframes() * 2 >= SHORTEST)
    return False
