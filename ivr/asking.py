"""Saying something to a caller, and asking for keys: one of a menu, yes or no, a number."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from ivr.errors import AsksForPerson, GoesBack
from ivr.line import Line
from ivr.prompts.language import Language
from ivr.prompts.spoken import Digits, Spoken
from ivr.sounds import Sounds
from ivr.timing import Timing

Prompts = str | Sequence[str | Spoken]
"""One prompt, or several that are said as one, with numbers, amounts and times: ['billing.balance', Money(80)]."""

END_KEY_WAIT = 2.0
"""Seconds in which the # may follow a number that has all its digits."""


class Asking:
    """Says and asks. A key cuts every prompt short and is the answer; each method may raise HungUp."""

    def __init__(self, line: Line, sounds: Sounds, timing: Timing) -> None:
        self.line = line
        self.language = Language.MANDARIN
        """What the caller hears, numbers and dates included."""
        self._sounds = sounds
        self._timing = timing

    async def say(self, prompts: Prompts, *, number: int | None = None, cut_by_key: bool = True) -> datetime | None:
        """Say prompts, and after them a number digit by digit; a key cuts it short. When it ended, None if cut."""
        ids = [prompts] if isinstance(prompts, str) else list(prompts)
        said = ids if number is None else [*ids, Digits(str(number))]
        media, seconds = self._sounds.of(said, self.language)
        return await self.line.play(media, seconds, cut_by_key=cut_by_key)

    async def tell(self, prompts: Prompts, *, number: int | None = None, whole: bool = False) -> None:
        """Say something that asks for nothing: a key skips the rest of it (not of a `whole` one).

        Whoever ends a message with two quick # still hears what is told next, from its first word. `*` and `0` mean
        what they always mean (GoesBack, AsksForPerson); other keys mean no more.
        """
        while self.line.keys and self.line.keys[0] not in "*0":
            self.line.keys.popleft()
        await self.say(prompts, number=number, cut_by_key=not whole)
        self._heed_keys("*0")

    async def choose(self, prompts: Prompts, keys: Mapping[str, str]) -> str | None:
        """Read a menu and give what the pressed key stands for; after three vain tries None."""
        for _ in range(self._timing.tries):
            await self.say(prompts)
            key = await self.line.key(self._timing.key_wait)
            if key is not None and key in keys:
                return keys[key]
            await self.say("menu.nothing-heard" if key is None else "menu.wrong-key")
        return None

    async def choose_once(self, prompts: Prompts, keys: Mapping[str, str]) -> str | None:
        """The same, asked once: whoever does not answer is not pressed."""
        self.line.keys.clear()
        await self.say(prompts)
        key = await self.line.key(self._timing.key_wait)
        return keys.get(key) if key is not None else None

    async def ask(self, prompts: Prompts, keys: Mapping[str, str]) -> str | None:
        """Ask within a flow: a wrong key, or none, is asked again once; then None, and the flow goes on without.

        `9` reads it again, `*` goes back (GoesBack), `0` is a person (AsksForPerson), unless `keys` names them.
        """
        tries = 0
        while tries < 2:
            await self.say(prompts)
            key = await self.line.key(self._timing.key_wait)
            if key is not None and key in keys:
                return keys[key]
            if key is not None:
                _mean(key)
            if key != "9":
                tries += 1
                if key is not None:
                    await self.say("menu.wrong-key")
        return None

    async def confirm(self, prompts: Prompts) -> bool | None:
        """Ask a question that 1 affirms and 2 denies; None for whoever presses neither."""
        answer = await self.ask(prompts, {"1": "yes", "2": "no"})
        return None if answer is None else answer == "yes"

    async def gather(self, prompts: Prompts, *, longest: int) -> str | None:
        """Ask for a number by keys, ended by # or by a pause: one digit too long at most, empty for a # alone.

        None when no key was pressed at all.

        `*` goes back (GoesBack) at any place; a `0` alone asks for a person (AsksForPerson), as a digit it counts.
        """
        if prompts:
            await self.say(prompts)
        clock = asyncio.get_running_loop().time
        over, number = clock() + self._timing.number_wait, ""
        while len(number) <= longest:
            patience = self._timing.key_gap if number else self._timing.key_wait
            if len(number) == longest:  # only the # may follow; a digit more makes it a wrong number
                patience = min(patience, END_KEY_WAIT)
            key = await self.line.key(min(patience, over - clock()))
            if key is None and not number:
                return None
            if key is None or key == "#":
                break
            if key == "*":
                raise GoesBack
            number += key
            over = clock() + self._timing.number_wait
        if number == "0":
            raise AsksForPerson
        return number

    def _heed_keys(self, meaning: str = "#*0") -> None:
        """Act on the key that cut a prompt short or ended a message: the first of those that mean something."""
        key = next((key for key in self.line.keys if key in meaning), "")
        self.line.keys.clear()
        _mean(key)


def _mean(key: str) -> None:
    """Act on a key that means the same everywhere."""
    if key == "*":
        raise GoesBack
    if key == "0":
        raise AsksForPerson
