"""Events to calls: one bounded mailbox a call, so that order holds within a call and no call waits for another."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from ivr.ari.errors import MailboxClosed, Overflow
from ivr.ari.events import ChannelDestroyed, Event
from ivr.ari.model import Channel

MAILBOX_LIMIT = 1000
"""Events that wait for one call. A busy call has some hundred in all: who is this far behind is stuck."""


class Mailbox:
    """The events of one call, in the order in which Asterisk reported them. One task reads it."""

    def __init__(self, call_id: str, limit: int = MAILBOX_LIMIT) -> None:
        self.call_id = call_id
        self._limit = limit
        self._waiting: deque[Event] = deque()
        self._stirred = asyncio.Event()
        self._end: type[Overflow] | type[MailboxClosed] | None = None

    async def next(self, timeout: float | None) -> Event | None:  # noqa: ASYNC109 - being late is an answer here
        """The next event; None when none came within `timeout` seconds (None waits without end, 0 not at all).

        Raises Overflow once the mailbox has run over, what waited being thrown away with the rest, and MailboxClosed
        when it was closed and has been read to its end.
        """
        if not self._waiting and self._end is None and (timeout is None or timeout > 0):
            self._stirred.clear()
            try:
                async with asyncio.timeout(timeout):
                    await self._stirred.wait()
            except TimeoutError:
                return None
        if self._waiting:
            return self._waiting.popleft()
        if self._end is Overflow:
            raise Overflow(f"call {self.call_id} fell {self._limit} events behind; hang up, and look for what held it")
        if self._end is MailboxClosed:
            raise MailboxClosed(f"the mailbox of call {self.call_id} is closed; end the task that reads it")
        return None

    def put(self, event: Event) -> None:
        """Add an event; never waits. What comes after an overflow or the closing is dropped."""
        if self._end is not None:
            return
        if len(self._waiting) >= self._limit:
            self._waiting.clear()
            self._end = Overflow
        else:
            self._waiting.append(event)
        self._stirred.set()

    def close(self) -> None:
        """Take no more; what waits may still be read."""
        self._end = self._end or MailboxClosed
        self._stirred.set()


class Router:
    """Knows which call each channel, bridge, playback and recording belongs to. Only for one event loop."""

    def __init__(
        self, *, limit: int = MAILBOX_LIMIT, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._limit = limit
        self._clock = clock
        self._bound: dict[str, Mailbox] = {}

    def open(self, call_id: str) -> Mailbox:
        """A new mailbox for a call, to which nothing is bound yet."""
        return Mailbox(call_id, self._limit)

    def bind(self, subject_id: str, mailbox: Mailbox) -> None:
        """Events about this id go to this mailbox from now on, also if they went to another one before.

        A playback or recording needs no binding of its own when the channel it is on has one.
        """
        self._bound[subject_id] = mailbox

    def unbind(self, subject_id: str) -> None:
        """Events about this id go to nobody from now on. Nothing happens if none did."""
        self._bound.pop(subject_id, None)

    def close(self, mailbox: Mailbox) -> None:
        """Unbind everything of a mailbox and close it."""
        for subject_id in [subject_id for subject_id, bound in self._bound.items() if bound is mailbox]:
            del self._bound[subject_id]
        mailbox.close()

    def dispatch(self, event: Event) -> bool:
        """Put an event, once, into every mailbox to which one of its subjects is bound; whether there was any."""
        told: list[Mailbox] = []
        for subject in event.subjects:
            box = self._bound.get(subject)
            if box is not None and box not in told:
                box.put(event)
                told.append(box)
        return bool(told)

    def hang_up(self, channel_id: str) -> bool:
        """Tell a call that its channel is gone, when Asterisk can no longer say so itself: it was restarted, or the
        end fell into a gap of the stream. Comes as ChannelDestroyed without a cause.
        """
        return self.dispatch(ChannelDestroyed(at=self._clock(), subjects=(channel_id,), channel=Channel(id=channel_id)))
