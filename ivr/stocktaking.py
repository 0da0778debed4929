"""After a (re)connection: what is in Asterisk, what is in the books, and what must be done about the difference."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from ivr.ari.client import AriClient
from ivr.ari.errors import AriError
from ivr.ari.model import Channel
from ivr.books import Books
from ivr.fallback import FallbackTray
from ivr.flows.outcome import Outcome
from ivr.leg import SNOOP, snoop_of
from ivr.settling import Settler
from recordings import ledger

JUST_NOW = timedelta(seconds=1)
"""A channel younger than this may be on its way: its event is still to come, or its entry in the books."""

log = structlog.get_logger()


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
    closed: int
    """Calls that were open in the books with nobody on the line."""
    settled: int
    """Recordings and voicemails that were settled."""


class StockTaking:
    """Compares Asterisk with the books."""

    def __init__(self, ari: AriClient, books: Books, settler: Settler, tray: FallbackTray) -> None:
        self._ari = ari
        self._books = books
        self._settler = settler
        self._tray = tray

    async def take(self, served: Mapping[str, InHand]) -> Stock:
        """Find callers to adopt, end snoops that serve nobody, close calls without a channel, settle what is left.

        The books are read first, Asterisk second, the calls in hand last: what begins meanwhile is not yet in the
        books that were read, and what ends meanwhile is closed twice, which does no harm.
        """
        books, node = self._books, self._books.node
        unsettled = await books.write(ledger.unsettled, node)
        known = {call.channel_id: call.id for call in await books.write(ledger.open_calls, node)}
        channels = {channel.id: channel for channel in await self._ari.channels.list()}
        adopted = tuple(
            (channel, known.get(channel.id))
            for channel in channels.values()
            if channel.id not in served and self._waits_for_us(channel)
        )
        lost = [call_id for channel_id, call_id in known.items() if channel_id not in channels | dict(served)]
        kept = {in_hand.call_id for in_hand in served.values()} | {call_id for _, call_id in adopted if call_id}
        vanished = tuple(channel_id for channel_id in served if channel_id not in channels)
        for call_id in lost:
            await books.write(ledger.close_call, call_id, Outcome.LOST, books.clock())
        orphans = [recording.id for recording in unsettled if recording.leg.call_id not in kept]
        for recording_id in orphans:
            await self._settler.settle_orphan(self._ari, recording_id)
        wanted = {snoop_of(recording.id) for recording in unsettled if recording.leg.call_id in kept}
        await self._end_idle_snoops(wanted, channels)
        return Stock(adopted, vanished, len(lost), len(orphans) + await self._tray.collect(channels))

    def _waits_for_us(self, channel: Channel) -> bool:
        """Whether a caller's channel is in our application; one that came just now will be announced by its event."""
        return channel.app_name == "Stasis" and not channel.id.startswith(SNOOP) and self._is_old(channel)

    async def _end_idle_snoops(self, wanted: Collection[str], channels: Mapping[str, Channel]) -> None:
        for channel_id in channels:
            if channel_id.startswith(SNOOP) and channel_id not in wanted and self._is_old(channels[channel_id]):
                try:
                    await self._ari.channels.hangup(channel_id)
                except AriError as error:
                    log.debug("idle-snoop-was-gone", why=str(error))

    def _is_old(self, channel: Channel) -> bool:
        return channel.creation_time is None or self._books.clock() - channel.creation_time > JUST_NOW
