"""One callback, from the moment it is answered: otherwise a call like any other, recorded and accounted for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import structlog

from ivr.ari.errors import AriError
from ivr.ari.events import StasisStart
from ivr.ari.model import Channel
from ivr.attending import NOTICE_SAID, Attendant
from ivr.books import Books
from ivr.call import Call
from ivr.callbacks.greeting import Greeting, hears_a_person
from ivr.callbacks.outgoing import attempt_of
from ivr.conversation import ENGLISH_CHOSEN
from ivr.errors import AsksForPerson, GoesBack
from ivr.flows import FLOWS
from ivr.flows.callback import callback
from ivr.flows.outcome import Outcome
from ivr.leg import EAR, START_LIMIT
from ivr.line import Line
from ivr.prompts.language import Language
from orders.callback_attempts import attempt_answered, callback_of_attempt, note_answer
from recordings import ledger
from recordings.tables import Callback

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CallbackDesk:
    """What the conversation needs to know of its callback, and where the answer goes."""

    books: Books
    call_id: str
    """Our call to the resident."""
    callback_id: int
    case_number: int
    """The case that it is about."""

    async def note(self, answer: str) -> None:
        """Write down what the resident said: solved | not-solved | person | silent."""
        await self.books.write(note_answer, self.callback_id, self.call_id, answer, self.books.clock())


class CallbackAttendant(Attendant):
    """Leads the calls that we make. They begin with whoever picked up, and it is known what they are about."""

    @property
    def books(self) -> Books:
        """Where its calls are written down."""
        return self._books

    def calls_as(self, caller_id: str, greeting: Greeting) -> None:
        """Set the number that residents see, and how people are told from machines. Once, before the first call."""
        self._caller_id, self._greeting = caller_id, greeting

    async def _receive(self, call: Call, channel: Channel) -> Outcome:
        wanted = await self._wanted(call)
        books = self._books
        opened = await books.write(
            ledger.open_call,
            call_id=call.id,
            channel_id=channel.id,
            node=books.node,
            caller=wanted.to or wanted.case.contact or wanted.case.call.caller,
            line=self._caller_id,
            at=books.clock(),
            direction="out",
        )
        call.id = call.leg.call_id = opened.id
        await books.write(attempt_answered, attempt_of(channel.id), call.id)
        await books.write(ledger.answered, call.id, books.clock())
        await books.enter(call.id, "callback")
        if await books.write(ledger.happened, wanted.case.call_id, ENGLISH_CHOSEN):  # as when they called us
            call.language = Language.ENGLISH
            await books.log(call.id, ENGLISH_CHOSEN)
        return await self._welcome(call)

    async def _wanted(self, call: Call) -> Callback:
        wanted = await self._books.write(callback_of_attempt, attempt_of(call.line.channel_id))
        if wanted is None:
            raise LookupError(f"channel {call.line.channel_id} belongs to no callback")
        return wanted

    async def _welcome(self, call: Call) -> Outcome:
        """Hear who picked up, say who calls, and that it is recorded, before anything is."""
        async with self._ear(call.line):
            is_person = await hears_a_person(call.line, self._greeting)
        if not is_person and not await self._somebody_after_all(call):
            return Outcome.MACHINE
        call.line.keys.clear()
        await call.say("callback.hello", cut_by_key=not self._timing.notice_in_full)
        await self._books.log(call.id, NOTICE_SAID)
        return await self._converse(call)

    async def _somebody_after_all(self, call: Call) -> bool:
        """Leave word with what seems to be a machine; a person who was taken for one can press a key."""
        await call.say("callback.machine")
        return await call.line.key(self._timing.key_wait) is not None

    @asynccontextmanager
    async def _ear(self, line: Line) -> AsyncIterator[None]:
        """Be told of speech by a snoop channel, which knows silence also of phones that send nothing while quiet."""
        ear = f"{EAR}{uuid4().hex}"
        line.hear_of(ear)
        async with line.on_the_line():
            await self._ari.channels.snoop_channel_with_id(line.channel_id, ear, spy="in")
            await line.first(lambda event: isinstance(event, StasisStart) and ear in event.subjects, START_LIMIT)
            await self._ari.channels.set_channel_var(ear, "TALK_DETECT(set)", self._greeting.talk_detection)
        try:
            yield
        finally:
            line.talking_since = None
            try:
                await self._ari.channels.hangup(ear)
            except AriError as error:
                log.debug("ear-gone", why=str(error))

    async def _converse(self, call: Call, goal: str = "") -> Outcome:
        if not call.leg.recording_id:
            await call.leg.start(call.line)
        wanted = await self._wanted(call)
        desk = CallbackDesk(self._books, call.id, wanted.id, wanted.case_number)
        while True:
            try:
                return await callback(call, desk)
            except GoesBack:
                continue
            except AsksForPerson:
                await desk.note("person")
                return await self._to_a_person(call)

    async def _to_a_person(self, call: Call) -> Outcome:
        while True:
            await self._books.enter(call.id, "person")
            try:
                return await FLOWS["person"](call, self._desk)
            except (AsksForPerson, GoesBack):
                continue

    async def _hand_to_dialplan(self, line: Line) -> Outcome:
        """There is no voicemail for somebody whom we called: end it, and try again later."""
        try:
            await self._ari.channels.hangup(line.channel_id)
        except AriError:
            return Outcome.LOST
        return Outcome.LOST
