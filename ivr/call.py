"""What a flow can do with a call: say and ask (see `ivr.asking`), and take a message."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ivr.ari.events import ChannelTalkingStarted
from ivr.asking import Asking
from ivr.errors import HungUp
from ivr.leg import EndedBy, LegRecording
from ivr.line import Line
from ivr.number_ear import Stretch
from ivr.sounds import Sounds
from ivr.timing import Timing


@dataclass(frozen=True, slots=True)
class Message:
    """What a caller said after the tone."""

    started: datetime
    ended: datetime
    ended_by: EndedBy
    spoken: bool
    """Whether any speech was heard."""


class Call(Asking):
    """A live call, as a flow sees it. Every method may raise HungUp."""

    def __init__(
        self, call_id: str, caller: str, line: Line, leg: LegRecording, sounds: Sounds, timing: Timing
    ) -> None:
        super().__init__(line, sounds, timing)
        self.id = call_id
        self.caller = caller
        """The caller's number as the line gave it, empty when withheld."""
        self.leg = leg

    async def record_message(self, prompt: str, *, flow: str, limit: float) -> Message:
        """Ask the caller to speak after the tone and listen; silent callers are asked again, twice.

        A caller who hangs up while speaking has still left a message: it is marked, and given like any other.
        `#` ends it, `*` goes back (GoesBack), `0` asks for a person (AsksForPerson); what was said stays marked.
        """
        for attempt in range(self._timing.tries):
            asked = self.leg.clock()
            try:
                await self.say(prompt if attempt == 0 else "message.nothing-heard")
                self._heed_keys()
            except HungUp:
                if (spoke := self._began_since(asked)) is None:
                    raise
                message = Message(spoke, self.leg.clock(), "hang-up", spoken=True)
            else:
                await self.leg.mark_beginning(flow)
                message = await self._listen(asked, limit)
            await self.leg.mark(flow, message.started, message.ended, message.ended_by)
            self._heed_keys()
            if message.spoken or message.ended_by in ("key", "hang-up"):
                break
        return message

    async def hear(self, prompt: str, *, limit: float) -> Stretch | None:
        """Ask for something short after the tone, ended by silence or `#`: where in the recording it was said.

        None when nothing was said, or when a key was pressed instead; that key waits for whoever asks next.
        """
        asked = self.leg.clock()
        await self.say(prompt)
        if self.line.keys:
            return None
        message = await self._listen(asked, limit, keys="#*0123456789")
        if self.line.keys and self.line.keys[0] == "#":
            self.line.keys.popleft()
        if self.line.keys or not message.spoken:
            return None
        return self.leg.stretch(message.started, message.ended)

    async def _listen(self, asked: datetime, limit: float, keys: str = "#*0") -> Message:
        """One message: from the tone, or from the first word of a caller who talked over the prompt.

        One of `keys` ends it; others are dropped.
        """
        tone = self.leg.clock()
        ended_by: EndedBy = "hang-up"
        with suppress(HungUp):
            tone = await self.say("tone.beep", cut_by_key=False) or tone
            ended_by = await self._until_done(limit, keys)
        spoke = self._began_since(asked)
        began = min(spoke, tone) if spoke else tone
        spoken = self.line.heard_since(asked) or (spoke is not None and spoke >= tone)
        return Message(began, self.leg.clock(), ended_by, spoken)

    def _began_since(self, asked: datetime) -> datetime | None:
        """When the caller last began to speak, if that was after they were asked to."""
        spoke = self.line.last_spoke
        return spoke if spoke is not None and spoke >= asked else None

    async def _until_done(self, limit: float, keys: str) -> EndedBy:
        """Wait for a key, for silence, or for the limit.

        Whoever has not begun to speak since the tone is given more time than the silence that ends a message.
        """
        now = asyncio.get_running_loop().time
        over, patient_until, begun = now() + limit, now() + self._timing.patience, False
        while now() < over:
            if self._one_of(keys):
                return "key"
            talking = self.line.talking_since is not None
            # Asterisk says that speech has ended only when it was silent for as long as ends a message.
            if not talking and (begun or now() >= patient_until):
                return "silence"
            event = await self.line.next_event((over if talking else min(over, patient_until)) - now())
            begun = begun or isinstance(event, ChannelTalkingStarted)
        return "limit"

    def _one_of(self, keys: str) -> bool:
        """Whether the caller pressed one of these keys; others before it are dropped."""
        pressed = self.line.keys
        while pressed and pressed[0] not in keys:
            pressed.popleft()
        return bool(pressed)
