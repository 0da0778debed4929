"""Voicemails that Asterisk took alone while no controller was there."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_OID, uuid4, uuid5

import structlog
from sqlalchemy.orm import Session

from ivr.books import Books
from ivr.errors import BooksSlow
from ivr.flows.outcome import Outcome
from ivr.settling import Settler
from recordings import ledger
from recordings.errors import ArchiveError
from recordings.tables import Recording

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Slip:
    """What the dialplan wrote down before it took a voicemail."""

    channel_id: str
    caller: str
    line: str
    at: datetime

    @property
    def recording_id(self) -> str:
        """Follows from the channel, so that collecting twice makes one recording."""
        return uuid5(NAMESPACE_OID, self.channel_id).hex


def read_slip(file: Path) -> Slip:
    """Read lines of `name=value`; what is missing or broken stays empty, for a caller must not be lost over a comma.

    There may be no slip at all: to a call that our application had in hand before, Asterisk refuses to write files.
    Such a call is in the books already, with its number; `file` names the channel all the same.
    """
    lines = file.read_text("utf-8", "replace").splitlines() if file.exists() else []
    values = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    at = values.get("at", "")
    written = file if file.exists() else file.with_suffix(".wav")
    seconds = float(at) if at.isdecimal() else written.stat().st_mtime
    return Slip(
        file.stem, values.get("caller", "")[:40], values.get("line", "")[:40], datetime.fromtimestamp(seconds, UTC)
    )


class FallbackTray:
    """The folder in which the dialplan leaves voicemails: `<channel>.txt` says who called, `<channel>.wav` what."""

    def __init__(self, folder: Path, books: Books, settler: Settler) -> None:
        self._folder = folder
        self._books = books
        self._settler = settler

    async def collect(self, live: Callable[[], Awaitable[Collection[str]]]) -> frozenset[str]:
        """Account for every voicemail whose call is over; give the ids of those in the tray, settled or not.

        `live` tells the channels that there are; it is asked after the tray was looked at, for what lay there by then
        and has no channel any more is complete. Doing it again does no harm; one that cannot be settled now stays in
        the tray, and the others are settled.
        """
        seen: set[str] = set()
        waiting = await asyncio.to_thread(self._waiting)
        speaking = await live() if waiting else ()
        for slip_file in waiting:
            if slip_file.stem in speaking:
                continue
            try:
                slip = await asyncio.to_thread(read_slip, slip_file)
                seen.add(slip.recording_id)
                await self._take(slip, slip_file)
            except (ArchiveError, BooksSlow, OSError) as error:
                log.warning("voicemail-put-off", channel=slip_file.stem, why=str(error))
        return frozenset(seen)

    async def _take(self, slip: Slip, slip_file: Path) -> None:
        if await self._books.write(_register, slip, self._books.node, self._books.clock()):
            state = await self._settler.settle(slip.recording_id, slip_file.with_suffix(".wav"))
            log.info("voicemail-collected", recording=slip.recording_id, state=state)
        for done in (slip_file, slip_file.with_suffix(".done")):
            await asyncio.to_thread(done.unlink, missing_ok=True)

    def _waiting(self) -> list[Path]:
        """The slip of each voicemail, whether or not it was written."""
        found = [*self._folder.glob("*.txt"), *self._folder.glob("*.wav")]
        return sorted({file.with_suffix(".txt") for file in found})


def _register(session: Session, slip: Slip, node: str, at: datetime) -> bool:
    """Enter the voicemail in the books: on the call that was handed over, or on one of its own.

    Whether it is still to be settled; one that failed before stays where it is, for a person to look at.
    """
    known = session.get(Recording, slip.recording_id)
    if known is not None:
        return known.state in ("requested", "absent")
    call = ledger.call_of_channel(session, slip.channel_id) or ledger.open_call(
        session,
        call_id=uuid4().hex,
        channel_id=slip.channel_id,
        node=node,
        caller=slip.caller,
        line=slip.line,
        at=slip.at,
    )
    ledger.request_recording(session, call_id=call.id, side="caller", recording_id=slip.recording_id, at=slip.at)
    ledger.recording_started(session, slip.recording_id, slip.at)
    ledger.open_case(session, call_id=call.id, flow="person", at=slip.at)
    ledger.close_call(session, call.id, Outcome.FALLBACK, at)
    return True
