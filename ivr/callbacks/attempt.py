"""One attempt to reach a resident: rung until somebody or something picks up, or nobody does."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from ivr.ari.client import AriClient
from ivr.ari.errors import AriError
from ivr.ari.events import ChannelDestroyed, StasisStart
from ivr.ari.model import Channel
from ivr.ari.router import Mailbox
from ivr.callbacks.outgoing import Outgoing, result_of

SLACK = 10.0
"""Seconds beyond the ringing after which an attempt is given up on, were no event to come."""

log = structlog.get_logger()


@dataclass(slots=True)
class Attempt:
    """An attempt in hand, from the first ring to the end of its call."""

    id: str
    channel_id: str
    call_id: str
    mailbox: Mailbox
    task: asyncio.Task[None] | None = None


async def ring(
    ari: AriClient, attempt: Attempt, endpoint: str, outgoing: Outgoing, is_there: Callable[[], None]
) -> Channel | str:
    """Call, and give the channel once it is answered, or the result of an attempt that was not.

    `is_there` is called as soon as Asterisk has the channel.
    """
    try:
        await ari.channels.originate_with_id(
            attempt.channel_id, endpoint, caller_id=outgoing.caller_id, ring=outgoing.ring
        )
    except AriError as error:
        log.warning("callback-not-made", why=str(error))
        return "unreachable"
    is_there()
    over = asyncio.get_running_loop().time() + outgoing.ring + SLACK
    while (left := over - asyncio.get_running_loop().time()) > 0:
        event = await attempt.mailbox.next(left)
        if isinstance(event, StasisStart):
            return event.channel
        if isinstance(event, ChannelDestroyed):
            log.info("callback-not-answered", cause=event.cause)
            return result_of(event.cause)
    try:
        await ari.channels.hangup(attempt.channel_id)
    except AriError as error:
        log.info("callback-not-hung-up", why=str(error))
    return "no-answer"
