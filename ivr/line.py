"""The caller's channel: what comes in on it, and what is played on it."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from uuid import uuid4

from ivr.ari.client import AriClient
from ivr.ari.errors import Conflict, Failed, NotFound, NotInStasis
from ivr.ari.events import (
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelHangupRequest,
    ChannelTalkingFinished,
    ChannelTalkingStarted,
    Event,
    PlaybackFinished,
    StasisEnd,
)
from ivr.ari.router import Mailbox, Router
from ivr.errors import HungUp, PromptNotPlayed

SENTENCE = 1000
"""Milliseconds from which sound over a prompt counts as something said."""
PLAYBACK_SLACK = 15.0
"""Seconds by which the end of a prompt may be late before we go on without it."""


class Line:
    """One caller's channel. Its events come from the mailbox in order; keys and speech are remembered."""

    def __init__(self, ari: AriClient, router: Router, mailbox: Mailbox, channel_id: str) -> None:
        self.ari = ari
        self.channel_id = channel_id
        self.keys: deque[str] = deque()
        """Keys pressed and not yet acted upon."""
        self.talking_since: datetime | None = None
        """Since when the caller has been speaking, None while silent."""
        self.last_spoke: datetime | None = None
        """When the caller last began to speak."""
        self.last_heard: datetime | None = None
        """When the caller was last found to have fallen silent after more than a sound."""
        self.gone = False
        self._router = router
        self._mailbox = mailbox

    async def next_event(self, limit: float | None) -> Event | None:
        """Wait for the next event of this call, None when none came within `limit` seconds.

        Raises HungUp once the caller has left, at every call.
        """
        if self.gone:
            raise HungUp
        event = await self._mailbox.next(limit)
        match event:
            case ChannelDtmfReceived():
                self.keys.append(event.digit)
            case ChannelTalkingStarted():
                self.talking_since = self.last_spoke = event.at
            case ChannelTalkingFinished():
                self.talking_since = None
                if event.duration >= SENTENCE:
                    self.last_heard = event.at
            case StasisEnd() | ChannelDestroyed() | ChannelHangupRequest() if self.channel_id in event.subjects:
                self.gone = True
                raise HungUp
        return event

    def heard_since(self, moment: datetime) -> bool:
        """Whether the caller is speaking, or has spoken more than a cough or a 喂 after a moment."""
        return self.talking_since is not None or (self.last_heard is not None and self.last_heard >= moment)

    async def event_after_hang_up(self, limit: float) -> Event | None:
        """Wait for an event that may still come after the caller has left."""
        return await self._mailbox.next(limit)

    @asynccontextmanager
    async def on_the_line(self) -> AsyncIterator[None]:
        """Requests on a channel that has gone mean that the caller hung up, which is normal."""
        try:
            yield
        except (NotFound, NotInStasis, Conflict):
            self.gone = True
            raise HungUp from None

    async def first(self, wanted: Callable[[Event], bool], limit: float) -> Event | None:
        """The first event that is wanted, None when it did not come within `limit` seconds. Raises HungUp."""
        deadline = asyncio.get_running_loop().time() + limit
        while (left := deadline - asyncio.get_running_loop().time()) > 0:
            event = await self.next_event(left)
            if event is not None and wanted(event):
                return event
        return None

    def hear_of(self, subject_id: str) -> None:
        """Events about this id come to this call too."""
        self._router.bind(subject_id, self._mailbox)

    async def answer(self) -> None:
        """Pick up. A caller who gives up in the same moment makes Asterisk fail at it."""
        try:
            await self.ari.channels.answer(self.channel_id)
        except Failed:
            await self._perhaps_hung_up()
            raise

    async def play(self, media: Sequence[str], seconds: float, *, cut_by_key: bool = True) -> datetime | None:
        """Play sounds one after the other until they end or a key is pressed; give the moment they ended.

        `seconds` is how long they last: were the end never reported, we would go on a little after that. A key
        that was pressed before cuts them short at once: the caller knows the way. None when cut short.
        """
        if cut_by_key and self.keys:
            return None
        playback_id = uuid4().hex
        self._router.bind(playback_id, self._mailbox)
        async with self.on_the_line():
            await self.ari.channels.play_with_id(self.channel_id, playback_id, media=list(media))
        deadline = asyncio.get_running_loop().time() + seconds + PLAYBACK_SLACK
        while (left := deadline - asyncio.get_running_loop().time()) > 0:
            event = await self.next_event(left)
            if isinstance(event, PlaybackFinished) and playback_id in event.subjects:
                if event.playback.failed:
                    await self._why_failed(media)
                return event.at
            if cut_by_key and self.keys:
                await self._stop(playback_id)
                return None
        return None

    async def music(self, *, on: bool) -> None:
        """Let the caller hear the waiting music, or no more of it."""
        async with self.on_the_line():
            if on:
                await self.ari.channels.start_moh(self.channel_id)
            else:
                await self.ari.channels.stop_moh(self.channel_id)

    async def _why_failed(self, media: Sequence[str]) -> None:
        """A playback fails when the caller hangs up, or when it cannot be played."""
        await self._perhaps_hung_up()
        raise PromptNotPlayed(f"Asterisk cannot play {', '.join(media)}; see its log, and run: lianxin prompts check")

    async def _perhaps_hung_up(self) -> None:
        """Raise HungUp when the caller has left, which an event will tell at once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                while True:
                    await self.next_event(None)

    async def _stop(self, playback_id: str) -> None:
        try:
            await self.ari.playbacks.stop(playback_id)
        except NotFound:
            return  # it ended by itself in the same moment

    async def key(self, limit: float) -> str | None:
        """The next key, waiting for at most `limit` seconds; None when there is none."""
        deadline = asyncio.get_running_loop().time() + limit
        while not self.keys:
            if (left := deadline - asyncio.get_running_loop().time()) <= 0:
                return None
            await self.next_event(left)
        return self.keys.popleft()
