"""The near end of a phone's process: start it, tell it what to do, wait for what happens. Needs no pjsua2 itself."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from lianxin.softphone.errors import PhoneBroken, PhoneProblem

START_LIMIT = 20.0
"""Seconds that a phone's process may take to be ready on a busy machine; it is a third of a second on an idle one."""
QUIT_LIMIT = 5.0
"""Seconds that it may take to hang up and go before it is killed."""


@dataclass(frozen=True)
class PhoneEvent:
    """Something that happened on the phone."""

    name: str
    at: float
    """Seconds since the phone's process was ready."""
    detail: dict[str, Any]


class PhoneProcess:
    """One phone, for one call. Use it as an async context: at its end the call is hung up and the process is gone."""

    def __init__(self, process: asyncio.subprocess.Process, told: Callable[[PhoneEvent], None] | None) -> None:
        self._process = process
        self._changed = asyncio.Condition()
        self._told = told
        self._last_words = ""
        self._ended = False
        self._complained = 0
        self.history: list[PhoneEvent] = []
        """Everything that happened, in order."""
        self._readers = [asyncio.create_task(self._read_events()), asyncio.create_task(self._read_stderr())]

    @classmethod
    async def start(cls, told: Callable[[PhoneEvent], None] | None = None) -> Self:
        """Start a phone; `told` gets every event. Raises PhoneProblem without pjsua2, PhoneBroken if it fails."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "lianxin.softphone"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the one who called; the phone is told to hang up
        )
        phone = cls(process, told)
        try:
            if await phone.first("ready", limit=START_LIMIT) is None:
                raise PhoneBroken("it did not get ready")
        except BaseException:
            await phone.close()
            raise
        return phone

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    async def tell(self, do: str, **details: object) -> int:
        """Give a command; returns how many events came before it, to wait for those `after`. Raises PhoneBroken."""
        before = len(self.history)
        stdin = self._process.stdin
        try:
            if stdin is not None:
                stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
                await stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise PhoneBroken(self._last_words) from None
        return before

    async def first(self, *names: str, after: int = 0, limit: float | None = None) -> PhoneEvent | None:
        """The first of these events among those after the `after` first; None when none came within `limit` seconds.

        Raises PhoneProblem, once each, when the phone told of a problem before that, and PhoneBroken when it ended.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit), self._changed:
                while True:
                    for index, event in enumerate(self.history[after:], after):
                        if event.name in names:
                            return event
                        if event.name == "problem" and index >= self._complained:
                            self._complained = index + 1
                            raise PhoneProblem(event.detail["error_id"], event.detail["text"])
                    if self._ended:
                        raise PhoneBroken(self._last_words)
                    await self._changed.wait()
        return None

    async def close(self) -> None:
        """Hang up and end the process, by force if it does not go by itself."""
        with contextlib.suppress(PhoneBroken):
            await self.tell("quit")
        try:
            await asyncio.wait_for(self._process.wait(), QUIT_LIMIT)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await asyncio.gather(*self._readers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _read_events(self) -> None:
        if self._process.stdout is not None:
            async for line in self._process.stdout:
                detail = json.loads(line)
                event = PhoneEvent(detail.pop("event"), detail.pop("at"), detail)
                if self._told is not None:
                    self._told(event)
                async with self._changed:
                    self.history.append(event)
                    self._changed.notify_all()
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    async def _read_stderr(self) -> None:
        if self._process.stderr is not None:
            async for line in self._process.stderr:
                self._last_words = line.decode(errors="replace").strip() or self._last_words
