"""An agent's telephone in a call: rung, answered, recorded, hung up."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import structlog

from ivr.ari.client import AriClient
from ivr.ari.errors import AriError
from ivr.ari.router import Mailbox, Router
from ivr.books import Books
from ivr.errors import HungUp, RecordingNotStarted
from ivr.leg import LegRecording
from ivr.line import Line
from ivr.settling import Settler
from recordings import agents
from recordings.tables import Agent

CHANNEL = "agent-"
"""How ids of agents' channels begin; the id of the call follows."""

log = structlog.get_logger()


def call_of_agent(channel_id: str) -> str:
    """The call that an agent's channel belongs to; '' for any other channel."""
    return channel_id.removeprefix(CHANNEL).partition(".")[0] if channel_id.startswith(CHANNEL) else ""


@dataclass(frozen=True, slots=True)
class Phone:
    """One agent's telephone, with a line, a mailbox and a recording of its own."""

    user_id: int
    extension: str
    line: Line
    leg: LegRecording
    mailbox: Mailbox


class Phones:
    """Rings agents' telephones and puts them down."""

    def __init__(
        self, ari: AriClient, router: Router, books: Books, settler: Settler, *, ring: float, wrap_up: float
    ) -> None:
        """`ring`: seconds for which a telephone rings. `wrap_up`: seconds an agent is left alone after a call."""
        self.ring_limit = ring
        self._ari = ari
        self._router = router
        self._books = books
        self._settler = settler
        self._wrap_up = timedelta(seconds=wrap_up)

    async def ring(self, agent: Agent, call_id: str, caller: str) -> Phone:
        """Let an agent's telephone ring, showing the caller's number. StasisStart on its line: it is answered.

        Raises AriError when it cannot be rung: it is not registered.
        """
        phone = self.of(agent, call_id, f"{CHANNEL}{call_id}.{uuid4().hex[:8]}")
        try:
            await self._ari.channels.originate_with_id(
                phone.line.channel_id,
                f"PJSIP/{agent.extension}",
                caller_id=caller,
                ring=round(self.ring_limit),
                app_args="agent",
            )
        except AriError:
            self._router.close(phone.mailbox)
            raise
        return phone

    def of(self, agent: Agent, call_id: str, channel_id: str) -> Phone:
        """The telephone that has this channel, rung by us or found after a restart."""
        mailbox = self._router.open(call_id)
        self._router.bind(channel_id, mailbox)
        line = Line(self._ari, self._router, mailbox, channel_id)
        leg = LegRecording(self._ari, self._router, mailbox, self._books, call_id, "agent")
        return Phone(agent.user_id, agent.extension, line, leg, mailbox)

    async def record(self, phone: Phone) -> None:
        """Begin to record the agent's side. That it does not begin must not keep two people from talking."""
        try:
            await phone.leg.start(phone.line)
        except RecordingNotStarted as error:
            log.error("agent-not-recorded", extension=phone.extension, why=str(error))
        except HungUp:
            return  # the next look at the line says so

    async def put_down(self, phone: Phone, *, talked: bool) -> None:
        """Hang up, settle what was recorded, and let the agent have the next caller."""
        try:
            await self._ari.channels.hangup(phone.line.channel_id)
        except AriError as error:
            log.debug("agent-was-gone", extension=phone.extension, why=str(error))
        closed = await phone.leg.stop(phone.line)
        self._router.close(phone.mailbox)
        now = self._books.clock()
        await self._books.write(agents.freed, phone.user_id, now + self._wrap_up if talked else now)
        if closed:  # a file that may still be written to is left to the next stock-taking
            await self._settler.settle(phone.leg.recording_id)
