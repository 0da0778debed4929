"""Taking finished recordings into the archive, and telling the workers."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import structlog

from ivr.ari.client import AriClient
from ivr.ari.errors import NotFound
from ivr.books import Books
from recordings.intake import take_in

HANDS = 4
"""Recordings that are taken in at a time, in threads of their own: a slow store must not hold up the books."""
CLOSE_LIMIT = 3.0
"""Seconds for Asterisk to close an orphan's file after it was told to stop."""

log = structlog.get_logger()


class Settler:
    """Settles recordings: each becomes stored, absent or failed."""

    def __init__(self, books: Books, spool: Path, announce: Callable[[str], object]) -> None:
        self._books = books
        self._spool = spool
        self._announce = announce
        self._threads = ThreadPoolExecutor(HANDS, thread_name_prefix="settling")

    async def settle(self, recording_id: str, wav: Path | None = None) -> str:
        """Take one closed recording into the archive and announce it; give its state.

        `wav` is where it lies when it is not in Asterisk's recording folder. Doing it again does no harm.
        """
        file = wav or self._spool / f"{recording_id}.wav"
        loop = asyncio.get_running_loop()
        state = await loop.run_in_executor(self._threads, self._take_in, recording_id, file, self._books.clock())
        log.info("recording-settled", recording=recording_id, state=state)
        return state

    def _take_in(self, recording_id: str, wav: Path, at: datetime) -> str:
        state = take_in(self._books.archive, recording_id, wav, at)
        if state == "stored":
            self._announce(recording_id)
        return state

    async def settle_orphan(self, ari: AriClient, recording_id: str) -> str:
        """Settle a recording whose call nobody serves; if Asterisk still runs it, it is stopped first."""
        try:
            await ari.recordings.live.stop(recording_id)
            async with asyncio.timeout(CLOSE_LIMIT):
                while await ari.recordings.live.get(recording_id):  # noqa: ASYNC110 - ends by NotFound
                    await asyncio.sleep(0.05)
        except NotFound:
            return await self.settle(recording_id)
        except TimeoutError:
            pass
        log.warning("orphan-not-closed", recording=recording_id, mend="the next stock-taking tries again")
        return "requested"
