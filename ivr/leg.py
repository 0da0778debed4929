"""Recording one side of a call: a snoop channel that only listens, and a recording of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import uuid4

import structlog

from ivr.ari.client import AriClient
from ivr.ari.errors import AriError, Conflict, NotFound
from ivr.ari.events import Event, RecordingFailed, RecordingFinished, RecordingStarted, StasisStart
from ivr.ari.router import Mailbox, Router
from ivr.books import Books
from ivr.errors import RecordingNotStarted
from ivr.line import Line
from ivr.number_ear import Stretch
from recordings import ledger

START_LIMIT = 5.0
"""Seconds for a snoop or a recording to begin. `record` only queues: if its channel dies first, no event follows."""
FINISH_LIMIT = 5.0
"""Seconds for Asterisk to close a file after it was told to stop."""

Side: TypeAlias = Literal["caller", "agent"]
"""Whose side of a call it is."""
EndedBy: TypeAlias = Literal["key", "silence", "limit", "hang-up"]
"""How a message can end."""

SNOOP = "snoop-"
"""How ids of snoop channels begin."""
EAR = f"{SNOOP}ear-"
"""How ids of those begin that only listen for a while: they carry no recording, and end with the call."""

log = structlog.get_logger()


def snoop_of(recording_id: str) -> str:
    """Id of the snoop channel that carries a recording: one follows from the other, so that both can be found again."""
    return f"{SNOOP}{recording_id}"


class LegRecording:
    """One side of a call: the caller's from the notice to the end, an agent's while the two talk.

    Its first sample is zero of the leg's timeline.
    """

    def __init__(
        self,
        ari: AriClient,
        router: Router,
        mailbox: Mailbox,
        books: Books,
        call_id: str,
        side: Side = "caller",
        *,
        talk_detection: str = "",
    ) -> None:
        """`talk_detection`: the value of TALK_DETECT, when the mailbox is to be told of speech."""
        self._talk_detection = talk_detection
        self._ari = ari
        self._router = router
        self._mailbox = mailbox
        self._books = books
        self.call_id = call_id
        self.side = side
        self.recording_id = ""
        """Empty until one was asked for."""
        self.started_at: datetime | None = None
        self._being_spoken: int | None = None
        """Id of the message that is marked while it is being spoken."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """The clock by which marks are set."""
        return self._books.clock

    async def start(self, line: Line) -> None:
        """Begin to record, and wait until Asterisk says that it does; a second try before giving up.

        Raises RecordingNotStarted, and HungUp when the caller leaves meanwhile.
        """
        try:
            await self._try_to_start(line)
        except RecordingNotStarted as error:
            log.warning("recording-not-started", call=self.call_id, recording=self.recording_id, why=str(error))
            await self._give_up(str(error))
            await self._try_to_start(line)

    async def _try_to_start(self, line: Line) -> None:
        self.recording_id = uuid4().hex
        await self._books.write(
            ledger.request_recording,
            call_id=self.call_id,
            side=self.side,
            recording_id=self.recording_id,
            at=self._books.clock(),
        )
        snoop = snoop_of(self.recording_id)
        self._listen_for(self.recording_id)
        async with line.on_the_line():
            await self._ari.channels.snoop_channel_with_id(line.channel_id, snoop, spy="in")
        await self._wait(line, lambda event: isinstance(event, StasisStart) and snoop in event.subjects)
        async with line.on_the_line():
            if self._talk_detection:
                # Not on the caller's own channel: a phone that sends nothing while it is quiet brings no frames there,
                # and the end of speech would never be told. A snoop channel fills such gaps with silence.
                await self._ari.channels.set_channel_var(snoop, "TALK_DETECT(set)", self._talk_detection)
            await self._ari.channels.record(snoop, name=self.recording_id, format="wav")
        begun = await self._wait(line, self._is_begun)
        if isinstance(begun, RecordingFailed):
            raise RecordingNotStarted(f"Asterisk refused the recording: {begun.cause}; see its log")
        await self._begun(begun.at)

    def _is_begun(self, event: Event) -> bool:
        return isinstance(event, RecordingStarted | RecordingFailed) and self.recording_id in event.subjects

    async def _wait(self, line: Line, wanted: Callable[[Event], bool]) -> Event:
        deadline = asyncio.get_running_loop().time() + START_LIMIT
        while (left := deadline - asyncio.get_running_loop().time()) > 0:
            event = await line.next_event(left)
            if event is not None and wanted(event):
                return event
        raise RecordingNotStarted(f"the recording did not begin within {START_LIMIT:g} s; see Asterisk's log")

    async def _begun(self, at: datetime) -> None:
        self.started_at = at
        await self._books.write(ledger.recording_started, self.recording_id, at)

    async def _give_up(self, why: str) -> None:
        await self._books.write(ledger.failed, self.recording_id, why, self._books.clock())
        await self._end_snoop()
        self.recording_id, self.started_at = "", None

    async def adopt(self, recording_id: str, started_at: datetime | None) -> None:
        """Take over a recording that an earlier controller began, if Asterisk still runs it; else none is held."""
        if started_at is None:
            return
        try:
            await self._ari.recordings.live.get(recording_id)
        except NotFound:
            return
        self.recording_id, self.started_at = recording_id, started_at
        self._listen_for(recording_id)

    def _listen_for(self, recording_id: str) -> None:
        self._router.bind(recording_id, self._mailbox)
        self._router.bind(snoop_of(recording_id), self._mailbox)

    async def mark_beginning(self, flow: str) -> None:
        """The caller is asked to speak from now on: marked at once, for we may die before the message ends."""
        if self.started_at is None:
            return
        now = self._second(self.clock())
        self._being_spoken = await self._books.write(
            ledger.mark_message,
            recording_id=self.recording_id,
            flow=flow,
            start=now,
            end=now,
            ended_by=ledger.BROKEN_OFF,
        )

    async def mark(self, flow: str, start: datetime, end: datetime, ended_by: EndedBy) -> None:
        """Mark a stretch in which the caller was asked to speak, or end the one whose beginning is marked."""
        if self.started_at is None:
            return
        begun, ended = self._second(start), self._second(end)
        if self._being_spoken is None:
            await self._books.write(
                ledger.mark_message,
                recording_id=self.recording_id,
                flow=flow,
                start=begun,
                end=ended,
                ended_by=ended_by,
            )
        else:
            await self._books.write(ledger.end_message, self._being_spoken, start=begun, end=ended, ended_by=ended_by)
            self._being_spoken = None

    def stretch(self, start: datetime, end: datetime) -> Stretch | None:
        """Where in the recording something was said; None when nothing is recorded."""
        if self.started_at is None:
            return None
        return Stretch(self.recording_id, self._second(start), self._second(end))

    def _second(self, moment: datetime) -> float:
        """A moment on the leg's timeline."""
        return max(0.0, (moment - self.started_at).total_seconds()) if self.started_at else 0.0

    async def stop(self, line: Line) -> bool:
        """Stop recording and wait until the file is closed; whether it is. It may have ended with its channel."""
        if not self.recording_id:
            return False
        closed = True
        try:
            await self._ari.recordings.live.stop(self.recording_id)
            closed = await self._until_closed(line)
        except NotFound:
            log.debug("recording-ended-by-itself", call=self.call_id, recording=self.recording_id)
        except Conflict:  # it is just ending, with its channel
            closed = await self._until_closed(line)
        except AriError as error:
            log.warning("recording-not-stopped", call=self.call_id, recording=self.recording_id, why=str(error))
            closed = False
        await self._end_snoop()
        return closed

    async def _until_closed(self, line: Line) -> bool:
        deadline = asyncio.get_running_loop().time() + FINISH_LIMIT
        while (left := deadline - asyncio.get_running_loop().time()) > 0:
            event = await line.event_after_hang_up(left)
            if isinstance(event, RecordingFinished | RecordingFailed) and self.recording_id in event.subjects:
                return True
        return False

    async def _end_snoop(self) -> None:
        try:
            await self._ari.channels.hangup(snoop_of(self.recording_id))
        except AriError:
            log.debug("snoop-was-gone", call=self.call_id, recording=self.recording_id)
