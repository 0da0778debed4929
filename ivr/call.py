"""What a flow can do with a call: say, ask for a key, take a message."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ivr.ari.events import ChannelTalkingStarted
from ivr.errors import AsksForPerson, GoesBack, HungUp
from ivr.leg import EndedBy, LegRecording
from ivr.line import Line
from ivr.prompts.pieces import digits
from ivr.sounds import Sounds


@dataclass(frozen=True, slots=True)
class Timing:
    """How long we wait for callers. All in seconds."""

    key_wait: float
    """For a key after a menu was read."""
    silence: float
    """Of silence that end a message."""
    patience: float
    """For the first word of a message."""
    notice_in_full: bool = False
    """Whether the recording notice is heard to its end even when a key is pressed."""
    speech_level: int = 256
    """Mean sample magnitude (of 32767) from which a 20 ms frame counts as speech; 256 is Asterisk's own default."""
    tries: int = 3
    """How often something is asked before we stop asking."""

    @property
    def talk_detection(self) -> str:
        """The value of Asterisk's TALK_DETECT: milliseconds of silence that end speech, and the level of speech."""
        return f"{round(self.silence * 1000)},{self.speech_level}"


@dataclass(frozen=True, slots=True)
class Message:
    """What a caller said after the tone."""

    started: datetime
    ended: datetime
    ended_by: EndedBy
    spoken: bool
    """Whether any speech was heard."""


class Call:
    """A live call, as a flow sees it. Every method may raise HungUp."""

    def __init__(self, call_id: str, line: Line, leg: LegRecording, sounds: Sounds, timing: Timing) -> None:
        self.id = call_id
        self.line = line
        self.leg = leg
        self._sounds = sounds
        self._timing = timing

    async def say(self, prompt: str, *, number: int | None = None, cut_by_key: bool = True) -> datetime | None:
        """Say a prompt, and after it a number digit by digit; a key cuts it short. When it ended, None if cut."""
        ids = [prompt] if number is None else [prompt, *digits(str(number))]
        media, seconds = self._sounds.of(ids)
        return await self.line.play(media, seconds, cut_by_key=cut_by_key)

    async def say_all(self, prompts: Sequence[str]) -> None:
        """Say several prompts as one sentence; a key cuts it short and stays to be acted upon."""
        await self.line.play(*self._sounds.of(prompts))

    async def tell(self, prompt: str, *, number: int | None = None, whole: bool = False) -> None:
        """Say something that asks for nothing: a key skips the rest of it (not of a `whole` one).

        Whoever ends a message with two quick # still hears what is told next, from its first word. `*` and `0` mean
        what they always mean (GoesBack, AsksForPerson); other keys mean no more.
        """
        while self.line.keys and self.line.keys[0] not in "*0":
            self.line.keys.popleft()
        await self.say(prompt, number=number, cut_by_key=not whole)
        self._heed_keys("*0")

    async def choose(self, prompt: str, keys: Mapping[str, str]) -> str | None:
        """Read a menu and give what the pressed key stands for; after three vain tries None."""
        for _ in range(self._timing.tries):
            await self.say(prompt)
            key = await self.line.key(self._timing.key_wait)
            if key is not None and key in keys:
                return keys[key]
            await self.say("menu.nothing-heard" if key is None else "menu.wrong-key")
        return None

    async def choose_once(self, prompt: str, keys: Mapping[str, str]) -> str | None:
        """The same, asked once: whoever does not answer is not pressed."""
        self.line.keys.clear()
        await self.say(prompt)
        key = await self.line.key(self._timing.key_wait)
        return keys.get(key) if key is not None else None

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

    async def _listen(self, asked: datetime, limit: float) -> Message:
        """One message: from the tone, or from the first word of a caller who talked over the prompt."""
        tone = self.leg.clock()
        ended_by: EndedBy = "hang-up"
        with suppress(HungUp):
            tone = await self.say("tone.beep", cut_by_key=False) or tone
            ended_by = await self._until_done(limit)
        spoke = self._began_since(asked)
        began = min(spoke, tone) if spoke else tone
        spoken = self.line.heard_since(asked) or (spoke is not None and spoke >= tone)
        return Message(began, self.leg.clock(), ended_by, spoken)

    def _began_since(self, asked: datetime) -> datetime | None:
        """When the caller last began to speak, if that was after they were asked to."""
        spoke = self.line.last_spoke
        return spoke if spoke is not None and spoke >= asked else None

    async def _until_done(self, limit: float) -> EndedBy:
        """Wait for a key, for silence, or for the limit.

        Whoever has not begun to speak since the tone is given more time than the silence that ends a message.
        """
        now = asyncio.get_running_loop().time
        over, patient_until, begun = now() + limit, now() + self._timing.patience, False
        while now() < over:
            if self._key_of_meaning():
                return "key"
            talking = self.line.talking_since is not None
            # Asterisk says that speech has ended only when it was silent for as long as ends a message.
            if not talking and (begun or now() >= patient_until):
                return "silence"
            event = await self.line.next_event((over if talking else min(over, patient_until)) - now())
            begun = begun or isinstance(event, ChannelTalkingStarted)
        return "limit"

    def _key_of_meaning(self) -> bool:
        """Whether the caller pressed a key that means something in a message; the others are dropped."""
        keys = self.line.keys
        while keys and keys[0] not in "#*0":
            keys.popleft()
        return bool(keys)

    def _heed_keys(self, meaning: str = "#*0") -> None:
        """Act on the key that cut a prompt short or ended a message: the first of those that mean something."""
        key = next((key for key in self.line.keys if key in meaning), "")
        self.line.keys.clear()
        if key == "*":
            raise GoesBack
        if key == "0":
            raise AsksForPerson
