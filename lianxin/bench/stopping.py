"""Running a benchmark so that whoever stops it finds nothing left behind."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(measuring: Coroutine[Any, Any, T]) -> T:
    """Run it to its end; SIGTERM stops it as Ctrl-C does: Asterisk and all processes are ended first."""

    async def stoppable() -> T:
        task = asyncio.ensure_future(measuring)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        return await task

    try:
        return asyncio.run(stoppable())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
