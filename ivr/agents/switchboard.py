"""Puts callers through to agents."""

from datetime import timedelta

import structlog

from ivr.agents.phone import CHANNEL, Phones
from ivr.agents.talk import Left, Talk, bridge_of
from ivr.agents.waiting import WaitingRoom
from ivr.ari.client import AriClient
from ivr.ari.errors import AriError
from ivr.books import Books
from ivr.call import Call
from ivr.errors import AgentLeft
from recordings import agents, ledger

OFTEN = 4
"""Calls of one number from which the caller goes straight to a person."""
OFTEN_WITHIN = timedelta(hours=2)

log = structlog.get_logger()


class Switchboard:
    """What a flow asks to have a caller put through. Shared by all calls."""

    def __init__(self, ari: AriClient, books: Books, phones: Phones) -> None:
        self._ari = ari
        self._books = books
        self._phones = phones
        self._room = WaitingRoom(phones, books)

    async def on_duty(self) -> bool:
        """Whether any agent is there: ready, or in a call."""
        return await self._books.read(agents.on_duty)

    async def calls_often(self, call: Call) -> bool:
        """Whether this caller has rung so often lately that they go straight to a person."""
        since = self._books.clock() - OFTEN_WITHIN
        return await self._books.read(agents.recent_calls, await self._caller(call), since) >= OFTEN

    async def put_through(self, call: Call) -> Left | None:
        """Wait for an agent and let the two talk; who left first, or None when no agent was spoken to.

        Raises HungUp when the caller leaves while waiting, GoesBack for `*`.
        """
        caller = await self._caller(call)
        first = await self._books.read(agents.recent_calls, caller, self._books.clock() - OFTEN_WITHIN) >= OFTEN
        while (phone := await self._room.until_answered(call, caller, first=first)) is not None:
            talk = Talk(self._ari, self._books, self._phones, call, phone, caller)
            try:
                case = await self._books.write(agents.case_of_call, call.id, phone.user_id, caller, self._books.clock())
                log.info("agent-answered", extension=phone.extension, case=case)
                await talk.begin()
            except AgentLeft:  # hung up in the moment of answering: the caller keeps waiting
                await talk.close()
                continue
            except BaseException:
                await talk.close()
                raise
            return await talk.last()
        call.line.keys.clear()
        return None

    async def still_talking(self, call: Call) -> Left | None:
        """After a restart: stay with a caller and an agent who went on talking. None when they do not.

        Neither of the two notices anything.
        """
        agent = await self._books.read(agents.agent_of, call.id)
        bridge = next((b for b in await self._ari.bridges.list() if b.id == bridge_of(call.id)), None)
        channels = bridge.channel_ids if bridge else ()
        channel = next((one for one in channels if one.startswith(CHANNEL)), "")
        if agent is None or not channel:
            await self._leave_nothing(call)
            return None
        phone = self._phones.of(agent, call.id, channel)
        recording = await self._books.read(ledger.open_recording, call.id, "agent")
        if recording is not None:
            await phone.leg.adopt(recording.id, recording.started_at)
        return await Talk(self._ari, self._books, self._phones, call, phone, await self._caller(call)).last()

    async def was_waiting(self, call: Call) -> bool:
        """After a restart: whether the caller was waiting for an agent."""
        return await self._books.read(agents.waits, call.id)

    async def _leave_nothing(self, call: Call) -> None:
        """What is left of a talk that a restart broke off goes; the caller stays."""
        for channel in await self._ari.channels.list():
            if channel.id.startswith(f"{CHANNEL}{call.id}."):
                await self._try_hang_up(channel.id)
        agent = await self._books.read(agents.agent_of, call.id)
        if agent is not None:
            await self._books.write(agents.freed, agent.user_id, self._books.clock())

    async def _try_hang_up(self, channel_id: str) -> None:
        try:
            await self._ari.channels.hangup(channel_id)
        except AriError as error:
            log.debug("agent-was-gone", why=str(error))

    async def _caller(self, call: Call) -> str:
        return await self._books.read(agents.number_of_caller, call.id)
