"""One call, from its first event to its last line in the books."""

import asyncio

import structlog

from ivr.agents.switchboard import Switchboard
from ivr.ari.client import AriClient
from ivr.ari.errors import AriError
from ivr.ari.model import Channel
from ivr.ari.router import Mailbox, Router
from ivr.books import Books
from ivr.call import Call
from ivr.conversation import ENGLISH_CHOSEN, converse, speak_english
from ivr.errors import BooksSlow, HungUp
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome
from ivr.flows.person import after_talking
from ivr.leg import LegRecording
from ivr.line import Line
from ivr.menu_book import MenuBook
from ivr.opening import Opening
from ivr.prompts.language import Language
from ivr.settling import Settler
from ivr.sounds import Sounds
from ivr.timing import Timing
from recordings import ledger
from recordings.errors import ArchiveError

NOTICE_SAID = "notice-said"
"""The event after which a call may be recorded."""

LAST_WORD = 0.3
"""Seconds before we hang up: the last word is on its way still, and a telephone that is hung up plays no more of it."""

log = structlog.get_logger()


class Attendant:
    """Answers calls and leads them through the conversation. Shared by all calls; keeps nothing of any."""

    def __init__(
        self,
        *,
        ari: AriClient,
        router: Router,
        books: Books,
        menu: MenuBook,
        sounds: Sounds,
        timing: Timing,
        settler: Settler,
        opening: Opening,
        switchboard: Switchboard,
        desk: Desk,
    ) -> None:
        self._ari = ari
        self._router = router
        self._books = books
        self._menu = menu
        self._sounds = sounds
        self._timing = timing
        self._settler = settler
        self._opening = opening
        self._switchboard = switchboard
        self._desk = desk

    async def attend(self, call_id: str, channel: Channel, mailbox: Mailbox, *, resumed: bool) -> Outcome:
        """Serve one call to its end, close its books, say how it ended. Only cancellation is raised: it stays up."""
        line = Line(self._ari, self._router, mailbox, channel.id)
        hears = self._timing.talk_detection
        leg = LegRecording(self._ari, self._router, mailbox, self._books, call_id, talk_detection=hears)
        call = Call(call_id, channel.caller_number, line, leg, self._sounds, self._timing)
        try:
            outcome = await (self._resume(call) if resumed else self._receive(call, channel))
        except HungUp:
            outcome = Outcome.HUNG_UP
        except AriError as error:
            outcome = await self._hand_to_dialplan(line)
            log.error("line-lost", why=str(error))
        except Exception:  # the outermost loop of a call: no fault of ours may cost a caller their report
            outcome = await self._hand_to_dialplan(line)
            log.exception("call-failed")
        try:
            await self._conclude(call, outcome)
        except (ArchiveError, BooksSlow) as error:  # the next stock-taking closes what stays open
            log.error("books-not-closed", why=str(error))
        return outcome

    async def _receive(self, call: Call, channel: Channel) -> Outcome:
        books = self._books
        opened = await books.write(
            ledger.open_call,
            call_id=call.id,
            channel_id=channel.id,
            node=books.node,
            caller=channel.caller_number,
            line=channel.app_args[0] if channel.app_args else "",
            at=books.clock(),
        )
        call.id = call.leg.call_id = opened.id
        return await self._welcome(call)

    async def _welcome(self, call: Call) -> Outcome:
        """Answer, and say the notice before anything is recorded."""
        async with call.line.on_the_line():
            await call.line.answer()
        await self._books.write(ledger.answered, call.id, self._books.clock())
        # A key pressed during the notice counts for the menu, whether or not it may cut the notice short.
        await call.say("notice.recording", cut_by_key=not self._timing.notice_in_full)
        await self._books.log(call.id, NOTICE_SAID)
        if self._menu.english:
            await self._offer_english(call)
        return await self._converse(call)

    async def _offer_english(self, call: Call) -> None:
        """Say in English which key chooses it; later the first menu still takes that key."""
        call.language = Language.ENGLISH
        await call.say("notice.english")
        call.language = Language.MANDARIN
        if call.line.keys and call.line.keys[0] == self._menu.english:
            call.line.keys.popleft()
            await speak_english(call, self._books)

    async def _resume(self, call: Call) -> Outcome:
        """Take over a call whose controller went away: the caller goes on from the menu, if they heard the notice.

        Who talks to an agent goes on talking, and who waited for one keeps the place.
        """
        await self._books.write(ledger.resumed, call.id, self._books.clock())
        if not await self._books.write(ledger.happened, call.id, NOTICE_SAID):
            return await self._welcome(call)
        recording = await self._books.write(ledger.open_recording, call.id)
        if recording is not None:
            await call.leg.adopt(recording.id, recording.started_at)
        if await self._books.write(ledger.happened, call.id, ENGLISH_CHOSEN):
            call.language = Language.ENGLISH
        who_left = await self._switchboard.still_talking(call)
        if who_left is not None:
            return await after_talking(call, self._desk, who_left)
        await call.line.music(on=False)
        await call.say("system.one-moment", cut_by_key=False)
        return await self._converse(call, "person" if await self._switchboard.was_waiting(call) else "")

    async def _converse(self, call: Call, goal: str = "") -> Outcome:
        """Record, and lead the caller on from the first menu or to where they want to go."""
        if not call.leg.recording_id:
            await call.leg.start(call.line)
        if not goal and await self._switchboard.calls_often(call) and await self._switchboard.on_duty():
            await call.say("queue.again-often")
            call.line.keys.clear()  # 0 asks for what they get anyway, and there is no menu to go back to
            goal = "person"
        return await converse(call, self._menu, self._desk, self._books, self._opening, goal)

    async def _hand_to_dialplan(self, line: Line) -> Outcome:
        """Let Asterisk alone apologise and take a voicemail: no path ends in silence. How the call goes on."""
        try:
            await self._ari.channels.continue_in_dialplan(line.channel_id, context="away", extension="s", priority=1)
        except AriError as error:
            log.info("fallback-not-reached", why=str(error))
            return Outcome.LOST
        return Outcome.FALLBACK

    async def _conclude(self, call: Call, outcome: Outcome) -> None:
        """Close line, leg and books, in the order in which a crash in between does least harm."""
        if outcome is not Outcome.FALLBACK and not call.line.gone:
            await asyncio.sleep(LAST_WORD)
            try:
                await self._ari.channels.hangup(call.line.channel_id)
            except AriError as error:
                log.debug("hang-up-not-needed", why=str(error))
        closed = await call.leg.stop(call.line)
        await self._books.write(ledger.close_call, call.id, outcome, self._books.clock())
        if closed:  # a file that may still be written to is left to the next stock-taking
            await self._settler.settle(call.leg.recording_id)
        log.info("call-ended", outcome=outcome)
