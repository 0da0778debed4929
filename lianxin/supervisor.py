"""Child processes that are kept running: started in order, restarted when they die, stopped in reverse."""

import asyncio
import ctypes
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lianxin.errors import PartNotReady

STOP_LIMIT = 10.0
"""Seconds for a process to end when asked to, before it is ended."""
PR_SET_PDEATHSIG = 1
"""From Linux's sys/prctl.h: the signal that a process gets when its parent dies."""
LOOK = 5.0
"""Seconds between two looks at whether a part that can tell gives signs of life."""
LONGEST_PAUSE = 30.0
"""Seconds between two restarts of a process that keeps dying."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the hotline."""

    name: str
    command: Sequence[str]
    log: Path
    ready: Callable[[], Awaitable[bool]]
    """Whether it does its work by now."""
    alive: Callable[[], Awaitable[bool]] | None = None
    """Whether somebody has done its work lately, be it another process; None for a part that does not tell."""


@dataclass(slots=True)
class _Running:
    part: Part
    process: asyncio.subprocess.Process
    since: float
    pause: float = 1.0


@dataclass(slots=True)
class Supervisor:
    """Keeps parts running."""

    say: Callable[[str], None]
    """Tells the person in front of the terminal what happened."""
    _running: list[_Running] = field(default_factory=list)

    async def start(self, part: Part, limit: float = 30.0) -> None:
        """Start a part and wait until it is ready.

        Raises PartNotReady when it is not within `limit` seconds or ends before, with the last line of its log.
        """
        running = await self._launch(part)
        self._running.append(running)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + limit
        while not await part.ready():
            if running.process.returncode is not None:
                raise PartNotReady(f"{part.name} ended at once: {_last_line(part.log)} (its log: {part.log})")
            if loop.time() > deadline:
                raise PartNotReady(f"{part.name} was not ready within {limit:g} s; see {part.log}")
            await asyncio.sleep(0.1)

    async def _launch(self, part: Part) -> _Running:
        part.log.parent.mkdir(parents=True, exist_ok=True)
        with part.log.open("ab") as log:
            # A session of its own: Ctrl-C reaches us alone, and we stop the parts in their order.
            process = await asyncio.create_subprocess_exec(
                *part.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        return _Running(part, process, asyncio.get_running_loop().time())

    def pids(self) -> dict[str, int]:
        """Process ids of the parts by name, in the order of their start."""
        return {running.part.name: running.process.pid for running in self._running}

    async def watch(self) -> None:
        """Restart what dies or hangs, at first quickly, then ever more slowly.

        What ends with 0 meant to, because somebody else does its work: it is started again when nobody does any more.
        """
        async with asyncio.TaskGroup() as tasks:
            for running in self._running:
                tasks.create_task(self._keep(running))

    async def _keep(self, running: _Running) -> None:
        loop = asyncio.get_running_loop()
        while True:
            code = await self._end_of(running)
            if code == 0:
                self.say(f"{running.part.name} stopped by itself: {_last_line(running.part.log)}")
                if running.part.alive is None:
                    return
                while await running.part.alive():  # noqa: ASYNC110 - another process rings no bell
                    await asyncio.sleep(LOOK)
                self.say(f"nobody does the work of {running.part.name} any more; starting it again")
            else:
                self.say(f"{running.part.name} ended ({code}): {_last_line(running.part.log)}; starting it again")
            if loop.time() - running.since > LONGEST_PAUSE:
                running.pause = 1.0
            await asyncio.sleep(running.pause)
            pause = min(LONGEST_PAUSE, running.pause * 2)
            started = await self._launch(running.part)
            running.process, running.since, running.pause = started.process, started.since, pause

    async def _end_of(self, running: _Running) -> int:
        """Wait for a process to end, and end one that gives no sign of life; its exit code."""
        now, alive = asyncio.get_running_loop().time, running.part.alive
        ended, begun = asyncio.ensure_future(running.process.wait()), now()
        try:
            while not (await asyncio.wait([ended], timeout=LOOK))[0]:
                if alive is not None and now() - begun > LONGEST_PAUSE and not await alive():
                    self.say(f"{running.part.name} gives no sign of life and is ended")
                    running.process.kill()
            return await ended
        finally:
            ended.cancel()

    async def stop(self) -> None:
        """Stop all parts, the last one first; a part that does not end in time is killed."""
        for running in reversed(self._running):
            process = running.process
            if process.returncode is not None:
                continue
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_LIMIT)
            except TimeoutError:
                self.say(f"{running.part.name} did not stop within {STOP_LIMIT:g} s and is killed")
                process.kill()
                await process.wait()
        self._running.clear()


def _end_with_parent() -> None:
    """Have Linux ask this process to stop when whoever started it dies: a part that nobody watches must not stay."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else "it said nothing"
