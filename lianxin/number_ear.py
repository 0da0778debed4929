"""An ear for numbers in a process of its own: what native code does there cannot end a call."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

import structlog

from asr.model_folder import look_into
from ivr.number_ear import Stretch

LIMIT = 10.0
"""Seconds that a caller may wait for being understood; a large model may still be loading."""
BEHIND = 0.5
"""Seconds by which Asterisk's file may lag behind what was said: it writes 4096 bytes at a time."""

log = structlog.get_logger()


class ModelEar:
    """A `NumberEar` on a Vosk model; the process begins with the first caller who says a number."""

    def __init__(self, model: Path, recordings: Path) -> None:
        """Raises ModelUnusable."""
        self._model = model
        self._flexible = look_into(model).flexible
        self._recordings = recordings
        self._process: Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._owed = 0
        """Answers that nobody waited for any more."""
        self._answered = False
        """Whether this process has answered yet."""

    @property
    def hears(self) -> bool:
        """Whether the model takes a grammar: without one, digits are lost among sixty thousand words."""
        return self._flexible

    async def get_ready(self) -> None:
        """Start the process, if it is not there. That it cannot be started is told when a number was said."""
        with suppress(OSError):
            async with self._one_at_a_time:
                await self._running()

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._owed, self._answered = 0, False
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "asr.hearing_numbers", str(self._model), stdin=PIPE, stdout=PIPE,
                env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
            )  # fmt: skip
        return self._process

    @property
    def process_id(self) -> int | None:
        """Of the process that hears, while there is one."""
        return self._process.pid if self._process is not None else None

    async def close(self) -> None:
        """End the process; it also ends by itself when we do."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()

    async def number(self, said: Stretch) -> str:
        """The digits that were said; empty when none were understood, or the ear does not answer in time."""
        await asyncio.sleep(BEHIND)
        file = self._recordings / f"{said.recording_id}.wav"
        try:
            async with asyncio.timeout(LIMIT), self._one_at_a_time:
                answer = await self._ask({"file": str(file), "start": said.start, "end": said.end})
        except (TimeoutError, OSError, ValueError) as error:
            self._lose_patience(isinstance(error, TimeoutError))
            log.warning("number-not-heard", recording=said.recording_id, why=str(error) or f"no answer in {LIMIT:g} s")
            return ""
        if "refused" in answer:
            log.warning("number-not-heard", recording=said.recording_id, why=answer["refused"])
        return answer.get("digits", "")

    def _lose_patience(self, too_slow: bool) -> None:
        """End a process that has answered before and does so no more; one that loads its model may take its time."""
        if too_slow and self._answered and self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _ask(self, question: dict[str, str | float]) -> dict[str, str]:
        process = await self._running()
        while self._owed:
            await self._answer(process)
        if process.stdin is not None:
            process.stdin.write(json.dumps(question).encode() + b"\n")
        self._owed += 1
        return await self._answer(process)

    async def _answer(self, process: Process) -> dict[str, str]:
        line = await process.stdout.readline() if process.stdout is not None else b""
        if not line:
            raise OSError(f"the process that hears numbers ended with {await process.wait()}")
        self._owed, self._answered = self._owed - 1, True
        answer: dict[str, str] = json.loads(line)
        return answer
