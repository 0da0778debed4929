"""A caller and an agent talk: a bridge, both sides recorded, and what the agent wants done meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto

import structlog

from ivr.agents.pair import watch
from ivr.agents.phone import Phone, Phones
from ivr.ari.client import AriClient
from ivr.ari.errors import AriError, Conflict, NotFound, NotInStasis, Refused
from ivr.ari.events import StasisStart
from ivr.books import Books
from ivr.call import Call
from ivr.errors import AgentLeft, HungUp
from recordings import agents

LOOK = 0.3
"""Seconds between two looks at what the agent wants done."""
BRIDGE = "talk-"
"""How ids of bridges begin; the id of the call follows."""

log = structlog.get_logger()


class Left(Enum):
    """How a talk ended."""

    CALLER = auto()
    AGENT = auto()
    """The caller is still there."""


def bridge_of(call_id: str) -> str:
    """Id of the bridge in which a call's two sides talk."""
    return f"{BRIDGE}{call_id}"


class Talk:
    """One talk, from the answer to the end. The agent may change by a transfer."""

    def __init__(self, ari: AriClient, books: Books, phones: Phones, call: Call, phone: Phone, caller: str) -> None:
        self.phone = phone
        self._ari = ari
        self._books = books
        self._phones = phones
        self._call = call
        self._caller = caller
        self._bridge = bridge_of(call.id)

    async def begin(self) -> None:
        """Put both into a bridge and record the agent. Raises HungUp and AgentLeft."""
        await self._phones.record(self.phone)
        await self._call.line.music(on=False)
        async with self._call.line.on_the_line():
            await self._ari.bridges.create_with_id(self._bridge)
        await self._join_caller()
        await self._join_agent()

    async def last(self) -> Left:
        """Stay until one of the two has left, and close everything that belongs to the talk."""
        try:
            while True:
                await watch(self._call.line, self.phone.line, LOOK)
                if await self._books.read(agents.has_wishes, self._call.id):
                    await self._grant()
        except HungUp:
            return Left.CALLER
        except AgentLeft:
            return await self._caller_stays()
        finally:
            await self.close()

    async def _caller_stays(self) -> Left:
        try:
            await self._call.line.music(on=False)  # the agent may have gone while the caller was on hold
        except HungUp:
            return Left.CALLER
        return Left.AGENT

    async def close(self) -> None:
        """End the bridge and put the agent's telephone down."""
        await self._quietly(lambda: self._ari.bridges.destroy(self._bridge))
        await self._phones.put_down(self.phone, talked=True)

    async def _grant(self) -> None:
        now = self._books.clock()
        for kind, target in await self._books.write(agents.open_wishes, self._call.id, self.phone.user_id, now):
            log.info("agent-wish", kind=kind)
            await self._books.log(self._call.id, f"agent-{kind}")
            if kind == "hold":
                await self._hold()
            elif kind == "resume":
                await self._resume()
            elif kind == "hang-up":
                raise AgentLeft
            elif kind == "transfer":
                await self._transfer(target)

    async def _hold(self) -> None:
        await self._quietly(lambda: self._ari.bridges.remove_channel(self._bridge, self._call.line.channel_id))
        await self._call.line.music(on=True)

    async def _resume(self) -> None:
        await self._call.line.music(on=False)
        await self._join_caller()

    async def _transfer(self, extension: str) -> None:
        """Ring another agent while the caller hears music; who does not answer leaves the caller with the first one."""
        agent = await self._books.write(agents.take_agent, extension, self._call.id)
        if agent is None:
            await self._books.log(self._call.id, "agent-not-free", extension=extension)
            return
        await self._hold()
        try:
            other = await self._phones.ring(agent, self._call.id, self._caller)
        except AriError as error:
            log.warning("agent-not-reached", extension=extension, why=str(error))
            await self._books.write(agents.freed, agent.user_id, self._books.clock())
            await self._resume()
            return
        try:
            answered = await self._picks_up(other)
        except BaseException:
            await self._phones.put_down(other, talked=False)
            raise
        if not answered:
            await self._phones.put_down(other, talked=False)
            await self._resume()
            return
        first, self.phone = self.phone, other
        try:
            await self._phones.record(other)
            await self._join_agent()
            await self._resume()
        finally:  # whoever picked up is heard at once: the first telephone can wait
            await self._phones.put_down(first, talked=True)
        await self._books.write(agents.case_of_call, self._call.id, other.user_id, self._caller, self._books.clock())

    async def _picks_up(self, other: Phone) -> bool:
        now = asyncio.get_running_loop().time
        until = now() + self._phones.ring_limit
        try:
            while (left := until - now()) > 0:
                _, happened = await watch(self._call.line, other.line, left)
                if isinstance(happened, StasisStart):
                    return True
        except AgentLeft:
            pass
        return False

    async def _join_caller(self) -> None:
        async with self._call.line.on_the_line():
            await self._ari.bridges.add_channel(self._bridge, self._call.line.channel_id)

    async def _join_agent(self) -> None:
        try:
            await self._ari.bridges.add_channel(self._bridge, self.phone.line.channel_id)
        except (NotFound, NotInStasis, Conflict):
            raise AgentLeft from None

    async def _quietly(self, doing: Callable[[], Awaitable[object]]) -> None:
        try:
            await doing()
        except (NotFound, NotInStasis, Conflict, Refused) as error:
            log.debug("not-needed", why=str(error))
