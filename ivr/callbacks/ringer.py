"""Making the callbacks: what is due is taken, rung, and what came of it is written down."""

import asyncio
from uuid import uuid4

import structlog

from ivr.ari.client import AriClient
from ivr.ari.model import Channel
from ivr.ari.router import Router
from ivr.books import Books
from ivr.callbacks.attempt import Attempt, ring
from ivr.callbacks.attending import CallbackAttendant
from ivr.callbacks.outgoing import Outgoing, attempt_of, channel_of
from ivr.errors import BooksSlow
from ivr.flows.outcome import Outcome
from orders.callback_attempts import REACHED, begin_attempt, end_attempt, open_attempts
from orders.callback_rules import CallbackRules, number_of
from orders.callbacks import request_due
from orders.errors import CallbackRefused
from recordings.errors import ArchiveError
from recordings.tables import Callback

LOOK = 2.0
"""Seconds between two looks at what waits."""
RESULTS = {Outcome.MACHINE: "machine", Outcome.LOST: "lost"}
"""What an outcome means for whoever tries again; after every other one the resident was reached."""

log = structlog.get_logger()


class Ringer:
    """Makes callbacks, a few at a time. Part of the controller of one node."""

    def __init__(
        self,
        *,
        ari: AriClient,
        router: Router,
        books: Books,
        attendant: CallbackAttendant,
        rules: CallbackRules,
        outgoing: Outgoing | None,
        automatic: bool,
        at_once: int,
    ) -> None:
        """Without `outgoing` nobody is called, but what an earlier controller began is led on."""
        self.in_hand: dict[str, Attempt] = {}
        """Attempts that Asterisk knows of, by the id of their channel."""
        self._attempts: dict[str, Attempt] = {}
        """All attempts that were begun and have not ended."""
        self._ari = ari
        self._router = router
        self._books = books
        self._attendant = attendant
        self._rules = rules
        self._outgoing = outgoing
        self._automatic = automatic
        self._at_once = at_once

    async def run(self) -> None:
        """Look for what is due, and call, until cancelled. Calls that are up when we stop stay up."""
        try:
            while True:
                try:
                    await self._look()
                except (ArchiveError, BooksSlow) as error:
                    log.warning("callbacks-put-off", why=str(error))
                except Exception:  # an outermost loop: it must outlive whatever ails the database
                    log.exception("callbacks-failed")
                await asyncio.sleep(LOOK)
        finally:
            tasks = [attempt.task for attempt in self._attempts.values() if attempt.task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        if self._outgoing is None:
            return
        now = self._books.clock()
        if self._automatic and not self._outgoing.is_trial:
            await self._books.write(request_due, self._rules, now)
        while len(self._attempts) < self._at_once:
            attempt_id = uuid4().hex
            wanted = await self._books.write(begin_attempt, attempt_id, self._books.node, self._rules, now)
            if wanted is None:
                return
            attempt = self._take(attempt_id, uuid4().hex)
            attempt.task = asyncio.create_task(self._make(attempt, wanted, self._outgoing), name=attempt.channel_id)

    def _take(self, attempt_id: str, call_id: str) -> Attempt:
        channel_id, mailbox = channel_of(attempt_id), self._router.open(call_id)
        self._router.bind(channel_id, mailbox)
        self._attempts[channel_id] = Attempt(attempt_id, channel_id, call_id, mailbox)
        return self._attempts[channel_id]

    async def _make(self, attempt: Attempt, wanted: Callback, outgoing: Outgoing) -> None:
        """Ring, lead the call if it is answered, and write down what came of it."""
        with structlog.contextvars.bound_contextvars(call=attempt.call_id):
            result = "lost"
            try:
                answered = await self._ring(attempt, wanted, outgoing)
                result = answered if isinstance(answered, str) else await self._talk(answered, attempt, resumed=False)
            finally:
                await self._put_down(attempt, result)

    async def _ring(self, attempt: Attempt, wanted: Callback, outgoing: Outgoing) -> Channel | str:
        try:
            endpoint = outgoing.endpoint(wanted.to or number_of(wanted.case))
        except CallbackRefused as error:  # the number was taken off the case, or the trunk off the settings
            log.warning("callback-not-made", why=str(error))
            return "unreachable"
        return await ring(self._ari, attempt, endpoint, outgoing, lambda: self._is_there(attempt))

    def _is_there(self, attempt: Attempt) -> None:
        self.in_hand[attempt.channel_id] = attempt

    async def _talk(self, channel: Channel, attempt: Attempt, *, resumed: bool) -> str:
        outcome = await self._attendant.attend(attempt.call_id, channel, attempt.mailbox, resumed=resumed)
        return RESULTS.get(outcome, REACHED)

    async def _put_down(self, attempt: Attempt, result: str) -> None:
        self._router.close(attempt.mailbox)
        if (task := asyncio.current_task()) is not None and task.cancelling():
            return  # the controller stops: the call stays up, and the next one takes it over
        try:
            await self._books.write(end_attempt, attempt.id, result, self._rules, self._books.clock())
            log.info("callback-tried", result=result)
        except (ArchiveError, BooksSlow) as error:  # the next stock-taking ends it
            log.error("callback-not-closed", why=str(error))
        finally:
            self._attempts.pop(attempt.channel_id, None)
            self.in_hand.pop(attempt.channel_id, None)

    def adopt(self, channel: Channel, call_id: str | None) -> None:
        """Go on with a callback that an earlier controller was leading, or that was answered meanwhile."""
        if channel.id in self._attempts:
            return
        attempt = self._take(attempt_of(channel.id), call_id or uuid4().hex)
        self._is_there(attempt)
        going_on = self._go_on(attempt, channel, resumed=call_id is not None)
        attempt.task = asyncio.create_task(going_on, name=channel.id)

    async def _go_on(self, attempt: Attempt, channel: Channel, *, resumed: bool) -> None:
        with structlog.contextvars.bound_contextvars(call=attempt.call_id):
            result = "lost"
            try:
                result = await self._talk(channel, attempt, resumed=resumed)
            finally:
                await self._put_down(attempt, result)

    async def take_stock(self) -> None:
        """End attempts that an earlier controller left behind and that Asterisk no longer has. Raises AriError."""
        left = await self._books.write(open_attempts, self._books.node)
        channels = {channel.id for channel in await self._ari.channels.list()} if left else set()
        for attempt in left:
            if channel_of(attempt.id) not in channels | self._attempts.keys():
                await self._books.write(end_attempt, attempt.id, "lost", self._rules, self._books.clock())
