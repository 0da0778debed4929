"""A hotline for one test: a real Asterisk and a real controller process, on free ports and in a folder of its own."""

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ivr.ari.client import AriClient
from ivr.ari.errors import NotFound
from lianxin.asterisk.agents import AgentAccount, make_account, tell_asterisk
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.running import AsteriskServer
from recordings import agents, users
from recordings.accounting import Account, account
from recordings.archive import Archive
from recordings.tables import Call, Leg, Recording
from tests.telephony.phone import Phone, Phones
from tests.telephony.quick_prompts import quick_prompts

CONTROLLER = (sys.executable, "-m", "lianxin", "controller")


class Stage:
    """The hotline under test, and what a test wants to know of it."""

    def __init__(self, program: AsteriskProgram, folder: Path, phones: Phones) -> None:
        self.folder = folder
        self.server = AsteriskServer(program, folder / "var", Ports.free(), quick_prompts())
        self.environment = {
            "LIANXIN_VAR": str(folder / "var"),
            "LIANXIN_SETTINGS": os.devnull,
            "LIANXIN_ASTERISK__HTTP_PORT": str(self.server.ports.http),
            "LIANXIN_ASTERISK__SIP_PORT": str(self.server.ports.sip),
            "LIANXIN_IVR__PROMPTS": str(quick_prompts()),
            "LIANXIN_IVR__KEY_WAIT": "1.5",
            "LIANXIN_IVR__MESSAGE_PATIENCE": "2",
            "LIANXIN_AGENTS__RING": "4",
            "LIANXIN_AGENTS__WRAP_UP": "0",
            "LIANXIN_LOG": "debug",
        }
        self.archive = Archive.open(f"sqlite:///{folder / 'var' / 'lianxin.db'}", str(folder / "var" / "archive"))
        self._phones = phones
        self._log_begins = 0
        self.controllers: list[asyncio.subprocess.Process] = []

    @property
    def log(self) -> str:
        """What the controllers of this test have logged."""
        return (self.folder / "controller.log").read_text("utf-8")

    async def start(self) -> None:
        """Start both."""
        await asyncio.to_thread(self.server.start)
        await self.start_controller()

    async def start_controller(self) -> None:
        """Start a controller and wait until Asterisk has its application."""
        file = self.folder / "controller.log"
        self._log_begins = file.stat().st_size if file.exists() else 0
        with file.open("ab") as log:
            controller = await asyncio.create_subprocess_exec(
                *CONTROLLER, env={**os.environ, **self.environment}, cwd=self.folder,
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.controllers.append(controller)
        await self.until(self._serving, "the controller serves calls")

    def _serving(self) -> bool:
        """Whether the newest controller is connected and has looked at what is there."""
        return '"stock-taken"' in (self.folder / "controller.log").read_bytes()[self._log_begins :].decode()

    async def connected(self) -> bool:
        """Whether Asterisk has a controller at this moment."""
        async with self.ari() as ari:
            try:
                return bool(await ari.applications.get("lianxin"))
            except NotFound:
                return False

    async def kill_controller(self) -> None:
        """End the controller as a power cut would."""
        self.controllers[-1].kill()
        await self.controllers[-1].wait()

    async def stop_controller(self) -> None:
        """Ask the controller to stop."""
        self.controllers[-1].terminate()
        assert await asyncio.wait_for(self.controllers[-1].wait(), 10) == 0

    async def close(self) -> None:
        """End everything, whatever state it is in."""
        for controller in self.controllers:
            if controller.returncode is None:
                controller.kill()
                await controller.wait()
        await asyncio.to_thread(self.server.kill)
        self.archive.close()

    def ari(self) -> AriClient:
        """A client of one's own, to look at Asterisk."""
        return AriClient(f"http://127.0.0.1:{self.server.ports.http}", "lianxin", self.server.ari_password, "lianxin")

    async def dial(self, number: str = "95598", *, tones: bool = False) -> Phone:
        """A caller who dials the hotline; with `tones`, from an old telephone."""
        uri = f"sip:{number}@127.0.0.1:{self.server.ports.sip}"
        return await self._phones.dial(uri, "trial", self.server.trial_password, tones=tones)

    async def call(self, number: str = "95598", *, tones: bool = False) -> Phone:
        """A caller who dialled the hotline and was answered."""
        caller = await self.dial(number, tones=tones)
        await caller.answered()
        return caller

    async def agent(self, name: str, *, ready: bool = True, code: int = 200, after: float = 0.1) -> Phone:
        """An agent with a registered telephone, ready for callers unless said otherwise."""
        account = await self.agent_account(name, ready=ready)
        registrar = f"sip:127.0.0.1:{self.server.ports.sip}"
        return await self._phones.register(registrar, account.extension, account.password, code=code, after=after)

    async def agent_account(self, name: str, *, ready: bool = True) -> AgentAccount:
        """An agent whose telephone has yet to register."""
        now = datetime.now(UTC)
        with self.archive.session() as session:
            users.add_user(session, name=name, password="a test's own words", at=now)
            agent = agents.add_agent(session, name, now)
            if ready:
                agents.set_state(session, agent.user_id, agents.READY, now)
            extension = agent.extension
        account = make_account(self.server.layout, extension)
        assert await asyncio.to_thread(
            tell_asterisk, self.server.layout, self.server.ports.http, self.server.ari_password
        )
        return account

    def calls(self) -> Sequence[Call]:
        """All calls in the books, oldest first, with what belongs to them."""
        with self.archive.reading() as session:
            recordings = selectinload(Call.legs).selectinload(Leg.recordings)
            wanted = select(Call).order_by(Call.started_at).options(
                recordings.selectinload(Recording.messages), selectinload(Call.events), selectinload(Call.cases)
            )  # fmt: skip
            return session.scalars(wanted).all()

    def recordings_begun(self) -> int:
        """How many recordings have begun. Takes below a millisecond, so it keeps no packet of ours waiting."""
        books = sqlite3.connect(self.folder / "var" / "lianxin.db")
        try:
            return int(books.execute("SELECT count(started_at) FROM recordings").fetchone()[0])
        finally:
            books.close()

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Nobody else can write to the database meanwhile, as when a disk hangs."""
        locking = sqlite3.connect(self.folder / "var" / "lianxin.db", isolation_level=None)
        locking.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            locking.execute("ROLLBACK")
            locking.close()

    def account(self) -> Account:
        """The account of all recordings."""
        with self.archive.reading() as session:
            return account(session, self.archive.store, datetime.now(UTC))

    async def until(self, condition: Callable[[], object], what: str, limit: float = 20.0) -> None:
        """Wait for a condition, plain or async, with a limit."""
        deadline = time.monotonic() + limit
        while True:
            held = condition()
            if await held if asyncio.iscoroutine(held) else held:
                return
            assert time.monotonic() < deadline, f"not within {limit:g} s: {what}\n{self.log[-3000:]}"
            await asyncio.sleep(0.1)

    async def settled(self, number: int = 1, limit: float = 20.0) -> Sequence[Call]:
        """Wait until so many calls are over and accounted for and Asterisk has nothing left of them; the calls."""

        def closed() -> bool:
            calls = self.calls()
            return len(calls) >= number and all(call.ended_at and _settled(call) for call in calls)

        await self.until(closed, f"{number} calls closed and settled", limit)
        await self.until(self._nothing_left, "no channel or bridge left", limit)
        books = self.account()
        assert books.adds_up, books.problems
        assert books.in_progress == 0
        return self.calls()

    async def two_talk(self) -> bool:
        """Whether two parties are in a bridge, and no third."""
        async with self.ari() as ari:
            return [len(bridge.channel_ids) for bridge in await ari.bridges.list()] == [2]

    async def _nothing_left(self) -> bool:
        async with self.ari() as ari:
            return not await ari.channels.list() and not await ari.bridges.list()


def _settled(call: Call) -> bool:
    return all(recording.state != "requested" for leg in call.legs for recording in leg.recordings)


def recording_of(call: Call) -> Recording:
    """The one recording of a call."""
    (recording,) = (recording for leg in call.legs for recording in leg.recordings)
    return recording
