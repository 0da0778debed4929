"""The controller: one task a call, and books that add up whatever happens to Asterisk, the socket or ourselves."""

import asyncio
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

import structlog

from ivr.agents.phone import CHANNEL
from ivr.ari.client import AriClient
from ivr.ari.errors import AriError, Failed, Unavailable
from ivr.ari.events import Event, StasisStart
from ivr.ari.model import Channel
from ivr.ari.router import Mailbox, Router
from ivr.attending import Attendant
from ivr.books import Books
from ivr.callbacks.outgoing import CALLBACK
from ivr.callbacks.ringer import Ringer
from ivr.errors import BooksSlow
from ivr.fallback import FallbackTray
from ivr.leg import SNOOP
from ivr.settling import Settler
from ivr.stocktaking import InHand, StockTaking
from recordings import ledger
from recordings.errors import ArchiveError

BEAT = 5.0
"""Seconds between two signs of life."""
SWEEP = 20.0
"""Seconds between two stock-takings while the connection holds."""

log = structlog.get_logger()


@dataclass(slots=True)
class Served:
    """A call in hand."""

    call_id: str
    channel_id: str
    mailbox: Mailbox
    task: asyncio.Task[None] | None = None


class Controller:
    """Takes calls from Asterisk and gives each to an attendant. One runs per telephony node."""

    def __init__(
        self,
        *,
        ari: AriClient,
        books: Books,
        attendant: Attendant,
        settler: Settler,
        tray: FallbackTray,
        router: Router,
        ringer: Ringer | None = None,
    ) -> None:
        self.served: dict[str, Served] = {}
        """Calls in hand, by the id of the caller's channel."""
        self._ari = ari
        self._books = books
        self.attendant = attendant
        """Who takes the next call."""
        self._settler = settler
        self._tray = tray
        self._router = router
        self._ringer = ringer
        """Makes callbacks."""
        self._stock = StockTaking(ari, books, settler, tray)
        self._tidying: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Serve until cancelled. Raises Replaced when a newer controller took over, Unauthorised for a wrong password.

        Calls that are up when we stop stay up: the next controller adopts them.
        """
        beat, sweep = asyncio.create_task(self._beat()), asyncio.create_task(self._sweep())
        ringing = asyncio.create_task(self._ringer.run()) if self._ringer else None
        try:
            await self._ari.events(self.dispatch, on_connected=self.take_stock).run()
        finally:
            attending = [served.task for served in self.served.values()]
            tasks = [task for task in (beat, sweep, ringing, self._tidying, *attending) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def _in_hand(self) -> Mapping[str, InHand]:
        """Calls and callbacks in hand, by channel: always as they are at the moment, however long stock is taken."""
        if self._ringer is None:
            return self.served
        return ChainMap(cast(dict[str, InHand], self.served), cast(dict[str, InHand], self._ringer.in_hand))

    async def take_stock(self) -> None:
        """Look at what is in Asterisk and in the books, and adopt or close each of it.

        Done after every (re)connection, before events flow, and now and then: nothing may be left behind. Callers come
        first; what needs no hurry is tidied beside them. Raises Unavailable, which means that the connection is lost.
        """
        try:
            stock = await self._stock.look(self._in_hand)
            if self._ringer:
                await self._ringer.take_stock()
        except Failed as error:  # the socket is well: calls that come must be served, whatever it is
            log.error("stock-taking-failed", why=str(error))
            return
        except Unavailable:
            raise
        except (AriError, ArchiveError, BooksSlow) as error:
            log.warning("stock-taking-put-off", why=str(error))
            return
        for channel_id in stock.vanished:
            self._router.hang_up(channel_id)
        for channel, call_id in stock.adopted:
            if channel.id.startswith(CALLBACK):
                self._go_on_calling_back(channel, call_id)
            else:
                self._serve(channel, call_id or uuid4().hex, resumed=call_id is not None)
        if self._tidying is None or self._tidying.done():
            self._tidying = asyncio.create_task(self._stock.tidy(stock), name="tidying")
        say = log.info if stock.adopted or stock.vanished or stock.lost or stock.orphans else log.debug
        say("stock-taken", adopted=len(stock.adopted), lost=len(stock.lost), orphans=len(stock.orphans))

    def dispatch(self, event: Event) -> None:
        """Put an event into the mailbox of its call; a caller's channel that is new begins a call."""
        if self._router.dispatch(event):
            return
        if isinstance(event, StasisStart) and not event.channel.id.startswith((SNOOP, CHANNEL)):
            if event.channel.id.startswith(CALLBACK):  # it rang when an earlier controller died, and is answered now
                self._go_on_calling_back(event.channel, None)
            else:
                self._serve(event.channel, uuid4().hex, resumed=False)

    def _go_on_calling_back(self, channel: Channel, call_id: str | None) -> None:
        """Lead a callback that nobody leads."""
        if self._ringer:
            self._ringer.adopt(channel, call_id)

    def _serve(self, channel: Channel, call_id: str, *, resumed: bool) -> None:
        if channel.id in self.served:
            return
        mailbox = self._router.open(call_id)
        self._router.bind(channel.id, mailbox)
        served = self.served[channel.id] = Served(call_id, channel.id, mailbox)
        served.task = asyncio.create_task(self._attend(served, channel, resumed=resumed), name=f"call-{call_id}")

    async def _attend(self, served: Served, channel: Channel, *, resumed: bool) -> None:
        with structlog.contextvars.bound_contextvars(call=served.call_id):
            try:
                await self.attendant.attend(served.call_id, channel, served.mailbox, resumed=resumed)
            except Exception:  # the next stock-taking finds the call that nobody serves
                log.exception("call-abandoned")
            finally:
                self._router.close(served.mailbox)
                self.served.pop(channel.id, None)

    async def _beat(self) -> None:
        while True:
            try:
                name, at = f"controller:{self._books.node}", self._books.clock()
                await self._books.write(ledger.beat, name, at, calls=len(self.served))
            except (ArchiveError, BooksSlow) as error:
                log.warning("heartbeat-missed", why=str(error))
            except Exception:  # an outermost loop: it must outlive whatever ails the database or the disk
                log.exception("heartbeat-failed")
            await asyncio.sleep(BEAT)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self.take_stock()
            except Unavailable as error:
                log.info("sweep-put-off", why=str(error))
            except Exception:  # an outermost loop, as above
                log.exception("sweep-failed")
