"""After a (re)connection: what is in Asterisk, what is in the books, and what must be done about the difference."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

import structlog

from ivr.agents.phone import CHANNEL, call_of_agent
from ivr.agents.talk import BRIDGE
from ivr.ari.client import AriClient
from ivr.ari.errors import AriError, NotFound
from ivr.ari.model import Channel
from ivr.books import Books
from ivr.errors import BooksSlow
from ivr.fallback import FallbackTray
from ivr.flows.outcome import Outcome
from ivr.leg import EAR, SNOOP, snoop_of
from ivr.settling import Settler
from recordings import agents, ledger
from recordings.errors import ArchiveError

JUST_NOW = timedelta(seconds=1)
"""A channel younger than this may be on its way: its event is still to come, or its entry in the books."""

T = TypeVar("T")

log = structlog.get_logger()


def _carries_nothing(channel_id: str) -> bool:
    """Whether it is a snoop channel that should carry a recording."""
    return channel_id.startswith(SNOOP) and not channel_id.startswith(EAR)


class InHand(Protocol):
    """A call that the controller serves."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Stock:
    """What was found."""

    adopted: tuple[tuple[Channel, str | None], ...]
    """Live callers whom nobody serves, each with the id of its call; None when the books do not know it yet."""
    vanished: tuple[str, ...]
    """Channels of calls in hand that Asterisk no longer has."""
    lost: tuple[str, ...]
    """Calls that are open in the books with nobody on the line."""
    orphans: tuple[str, ...]
    """Recordings that are not settled and whose call nobody serves."""
    idle_snoops: tuple[str, ...]
    """Snoop channels that carry no recording of a call in hand."""
    idle_agents: tuple[str, ...] = ()
    """Channels of agents' telephones whose call is over."""
    idle_bridges: tuple[str, ...] = ()
    """Bridges in which nobody talks any more."""


class StockTaking:
    """Compares Asterisk with the books. Looking is quick, for callers wait for it; tidying may take its time."""

    def __init__(self, ari: AriClient, books: Books, settler: Settler, tray: FallbackTray) -> None:
        self._ari = ari
        self._books = books
        self._settler = settler
        self._tray = tray

    async def look(self, served: Mapping[str, InHand]) -> Stock:
        """See what is there; changes nothing.

        The books are read first, Asterisk second, the calls in hand last: what begins meanwhile is not yet in the
        books that were read, and what ends meanwhile is closed twice, which does no harm.
        """
        unsettled = await self._books.write(ledger.unsettled, self._books.node)
        open_calls = await self._books.write(ledger.open_calls, self._books.node)
        channels = {channel.id: channel for channel in await self._ari.channels.list()}
        bridges = await self._ari.bridges.list()
        old = {channel_id for channel_id, channel in channels.items() if self._is_old(channel)}
        known = {call.channel_id: call.id for call in open_calls}
        adopted = tuple(
            (channels[channel_id], known.get(channel_id))
            for channel_id in old - served.keys()
            if channels[channel_id].app_name == "Stasis" and not channel_id.startswith((SNOOP, CHANNEL))
        )
        kept = {in_hand.call_id for in_hand in served.values()} | {call_id for _, call_id in adopted if call_id}
        wanted = {snoop_of(recording.id) for recording in unsettled if recording.leg.call_id in kept}
        return Stock(
            adopted=adopted,
            vanished=tuple(served.keys() - channels.keys()),
            lost=tuple(known[channel_id] for channel_id in known.keys() - channels.keys() - served.keys()),
            orphans=tuple(recording.id for recording in unsettled if recording.leg.call_id not in kept),
            idle_snoops=tuple(channel_id for channel_id in old - wanted if _carries_nothing(channel_id)),
            idle_agents=tuple(one for one in old if (of := call_of_agent(one)) and of not in kept),
            idle_bridges=tuple(
                bridge.id
                for bridge in bridges
                if bridge.id.startswith(BRIDGE) and bridge.id.removeprefix(BRIDGE) not in kept
            ),
        )

    def _is_old(self, channel: Channel) -> bool:
        return channel.creation_time is None or self._books.clock() - channel.creation_time > JUST_NOW

    async def tidy(self, stock: Stock) -> None:
        """End idle snoops, close lost calls, settle what was left over; one fault keeps nothing else from being done.

        Voicemails of the fallback come first: their calls are not lost, and one whose settling was broken off looks
        like an orphan, but its file lies in the tray.
        """
        for channel_id in (*stock.idle_snoops, *stock.idle_agents):
            await self._attempt(self._ari.channels.hangup(channel_id), channel=channel_id)
        for bridge_id in stock.idle_bridges:
            await self._attempt(self._ari.bridges.destroy(bridge_id), bridge=bridge_id)
        collected = await self._attempt(self._tray.collect(self._live)) or frozenset()
        for call_id in stock.lost:
            close = self._books.write(ledger.close_call, call_id, Outcome.LOST, self._books.clock())
            await self._attempt(close, call=call_id)
        await self._attempt(self._books.write(agents.tidy, self._books.clock()), what="agents")
        for recording_id in stock.orphans:
            if recording_id not in collected:
                await self._attempt(self._settler.settle_orphan(self._ari, recording_id), recording=recording_id)

    async def _live(self) -> frozenset[str]:
        """All channels that Asterisk has at this moment; since we looked, some may have come and gone to the tray."""
        return frozenset(channel.id for channel in await self._ari.channels.list())

    async def _attempt(self, doing: Awaitable[T], **what: str) -> T | None:
        try:
            return await doing
        except NotFound:
            return None
        except (AriError, ArchiveError, BooksSlow) as error:
            log.warning("tidying-put-off", why=str(error), **what)
            return None
