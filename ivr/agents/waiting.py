"""A caller waits for an agent: music, a word now and then, and a key for whoever would rather leave a message."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from ivr.agents.expected import AnswerTimes
from ivr.agents.pair import watch
from ivr.agents.phone import Phone, Phones
from ivr.ari.errors import AriError
from ivr.ari.events import StasisStart
from ivr.books import Books
from ivr.call import Call
from ivr.errors import AgentLeft, GoesBack
from ivr.prompts.spoken import Count, Spoken
from recordings import agents
from recordings.tables import Agent

LOOK = 0.5
"""Seconds between two looks for a free agent."""
SAY_AGAIN = 30.0
"""Seconds of music between two words about the place in the queue."""
MISSES = 2
"""Calls in a row that an agent may leave unanswered before counting as gone."""

log = structlog.get_logger()


class WaitingRoom:
    """Where callers wait. Shared by all calls; knows how quickly callers are answered and who did not pick up."""

    def __init__(self, phones: Phones, books: Books) -> None:
        self._phones = phones
        self._books = books
        self._answers = AnswerTimes()
        self._missed: dict[int, int] = {}

    async def until_answered(self, call: Call, caller: str, *, first: bool) -> Phone | None:
        """Wait until an agent has answered; None when the caller would rather leave a message, or nobody is there.

        Raises HungUp when the caller leaves, and GoesBack for `*`.
        """
        await self._books.write(agents.joined, call.id, self._books.clock(), first=first)
        try:
            return await self._wait(call, caller)
        finally:
            await self._books.write(agents.left, call.id)

    async def _wait(self, call: Call, caller: str) -> Phone | None:
        now = asyncio.get_running_loop().time
        word_at = now()
        await call.line.music(on=True)
        while await self._books.read(agents.on_duty):
            agent = await self._books.write(agents.next_agent, call.id, self._books.clock())
            if agent is not None and (phone := await self._ring(call, agent, caller)) is not None:
                return phone
            if self._wants_message(call):
                return None
            if agent is None and now() >= word_at:
                await self._music_paused(call, lambda: self._say_place(call))
                word_at = now() + SAY_AGAIN
            elif agent is None:
                await call.line.next_event(LOOK)
        await call.line.music(on=False)
        await call.tell("queue.nobody")
        return None

    async def _ring(self, call: Call, agent: Agent, caller: str) -> Phone | None:
        """Ring one agent while the music goes on; None when that one does not answer, or the caller presses a key."""
        try:
            phone = await self._phones.ring(agent, call.id, caller)
        except AriError as error:
            log.warning("agent-not-reached", extension=agent.extension, why=str(error))
            await self._note_miss(agent, gone=True)
            return None
        try:
            if await self._picks_up(call, phone):
                self._missed.pop(phone.user_id, None)
                self._answers.answered(self._books.clock())
                return phone
        except BaseException:
            await self._phones.put_down(phone, talked=False)
            raise
        await self._phones.put_down(phone, talked=False)
        if not self._wants_message(call):
            await self._note_miss(agent, gone=False)
        return None

    async def _picks_up(self, call: Call, phone: Phone) -> bool:
        now = asyncio.get_running_loop().time
        until = now() + self._phones.ring_limit
        while (left := until - now()) > 0 and not self._wants_message(call):
            try:
                _, happened = await watch(call.line, phone.line, left)
            except AgentLeft:
                return False
            if isinstance(happened, StasisStart):
                return True
        return False

    async def _note_miss(self, agent: Agent, *, gone: bool) -> None:
        """An agent who did not pick up comes last; one who is not at the telephone is rung no more."""
        self._missed[agent.user_id] = self._missed.get(agent.user_id, 0) + 1
        now = self._books.clock()
        await self._books.write(agents.freed, agent.user_id, now)
        if gone or self._missed[agent.user_id] >= MISSES:
            del self._missed[agent.user_id]
            await self._books.write(agents.set_state, agent.user_id, agents.PAUSED, now, agents.PHONE_SILENT)
            log.warning("agent-paused", extension=agent.extension, why="the telephone was not answered")

    def _wants_message(self, call: Call) -> bool:
        """Whether the caller pressed the key for a message. `*` raises GoesBack; other keys mean nothing here."""
        keys = call.line.keys
        while keys and keys[0] not in "#*":
            keys.popleft()
        if keys and keys[0] == "*":
            keys.clear()
            raise GoesBack
        return bool(keys)

    async def _music_paused(self, call: Call, say: Callable[[], Awaitable[object]]) -> None:
        await call.line.music(on=False)
        await say()
        await call.line.music(on=True)

    async def _say_place(self, call: Call) -> None:
        """Say how many are before the caller and, where that can be told honestly, how long it may take."""
        waiting = [row.call_id for row in await self._books.read(agents.queue)]
        before = waiting.index(call.id) if call.id in waiting else 0
        words: list[str | Spoken] = ["queue.position", Count(before), "queue.ahead"] if before else ["queue.next"]
        minutes = self._answers.minutes(before, self._books.clock())
        if minutes == 1:
            words += ["queue.soon"]
        elif minutes is not None:
            words += ["queue.wait", Count(minutes), "queue.minutes"]
        await call.say([*words, "queue.message-key"])
