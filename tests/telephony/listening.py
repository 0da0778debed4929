"""Listening to a line while the sound comes in: waiting for prompts, for silence, for a prompt that breaks off.

What should be heard and is not is an AssertionError that says what was heard instead. Whatever was heard is used up:
the next `hears` listens from there on. Seconds are those of what was heard, which begins with the answer.
"""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from tests.telephony.hearing import Found, find, loudness
from tests.telephony.quick_prompts import quick_catalogue
from tests.telephony.sounds import QUIET, RATE, Samples, Sound, load_sentence, load_sound

HEADER = 44
"""Bytes of a WAV's header before the samples."""
POLL = 0.15
"""Seconds between two looks at what was heard."""
OVERLAP = 0.3
"""Seconds that two sounds one after the other may seem to overlap."""
GONE = 1.5
"""Seconds without the next piece of a sound after which it counts as cut off."""

T = TypeVar("T")


class Listening:
    """Somebody who listens to a growing WAV file of 8 kHz, 16 bit, one channel."""

    def __init__(self, heard: Path) -> None:
        self.heard_file = heard
        self._since = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more can come."""
        raise NotImplementedError

    @property
    def heard_seconds(self) -> float:
        """How much was heard so far."""
        return max(0, self.heard_file.stat().st_size - HEADER) / 2 / RATE if self.heard_file.exists() else 0.0

    async def hears(self, prompt: str | Path, limit: float = 20.0) -> float:
        """Wait until a prompt (or an audio file) was heard to its end; the second at which it began."""
        found = await self._found(prompt, _sound(prompt), limit, lambda found: found.whole, "heard to its end")
        self._since = found.end
        return found.start

    async def hears_sentence(self, *prompts: str | Path, limit: float = 20.0) -> float:
        """Wait until prompts were heard one right after the other, each of them; the second at which they began."""
        sound = load_sentence(tuple(_file(prompt) for prompt in prompts))
        found = await self._found(
            " ".join(str(prompt) for prompt in prompts), sound, limit, lambda found: found.whole, "heard to its end"
        )
        self._since = found.end
        return found.start

    async def begins_to_hear(self, prompt: str | Path, limit: float = 20.0) -> float:
        """Wait until a prompt's first 1.5 s were heard; the second at which it began. Uses nothing up."""
        return (await self._found(prompt, _sound(prompt), limit, lambda found: found.begun, "begun")).start

    async def was_cut_off(self, prompt: str | Path, limit: float = 20.0) -> float:
        """Wait until a prompt that was begun is no longer heard, before its end; how many seconds of it were heard."""

        def stopped(found: Found) -> bool:
            if found.whole:
                raise AssertionError(f"{prompt} was not cut off, it was heard to its end")
            return found.begun and (self.is_over or self.heard_seconds >= found.end + GONE)

        found = await self._found(prompt, _sound(prompt), limit, stopped, "begun and cut off")
        self._since = found.end
        return found.heard

    async def hears_nothing(self, seconds: float) -> None:
        """Listen that long from now on: the line must be silent."""
        begin = self.heard_seconds
        await self._heard_until(begin + seconds, limit=seconds + 10)
        level = loudness(self._samples(begin)[: int(seconds * RATE)])
        assert level < QUIET, f"not silent: level {level:.0f} within {seconds} s from {begin:.1f} s on"

    async def silent_for(self, seconds: float, limit: float = 20.0) -> None:
        """Wait until the line has been silent for that long."""

        def silent() -> bool | None:
            samples = self._samples(self.heard_seconds - seconds) if self.heard_seconds >= seconds else None
            return True if samples is not None and loudness(samples) < QUIET else None

        assert await self._until(silent, limit), f"the line was never silent for {seconds} s within {limit} s"

    def all_heard(self) -> list[tuple[float, str]]:
        """Every shipped prompt that was heard, with its second. Slow: it listens for each of them."""
        line = self._samples(0.0)
        prompts = ((prompt.id, load_sound(quick_catalogue().audio(prompt.id))) for prompt in quick_catalogue())
        return sorted(
            (found.start, name)
            for name, sound in prompts
            if len(sound.pieces) > 2
            for found in find(sound, line)
            if found.whole
        )

    def _samples(self, since: float) -> Samples:
        offset = HEADER + 2 * int(since * RATE)
        return np.fromfile(self.heard_file, dtype="<i2", offset=offset).astype(np.float32)

    async def _found(
        self, name: str | Path, sound: Sound, limit: float, good: Callable[[Found], bool], what: str
    ) -> Found:
        def look() -> Found | None:
            return next((found for found in self._places(sound) if good(found)), None)

        found = await self._until(look, limit)
        if found is None:
            heard = ", ".join(f"{name} at {second:.1f} s" for second, name in self.all_heard()) or "no prompt"
            over = "the call is over" if self.is_over else f"waited {limit:g} s"
            raise AssertionError(
                f"{name} was not {what} after second {self._since:.1f} ({over}); "
                f"heard in all {self.heard_seconds:.1f} s: {heard}"
            )
        return found

    def _places(self, sound: Sound) -> list[Found]:
        begin = max(0.0, self._since - OVERLAP)
        if self.heard_seconds - begin < 0.1:
            return []
        return [found.later(begin) for found in find(sound, self._samples(begin)) if found.start >= -OVERLAP]

    async def _heard_until(self, second: float, limit: float) -> None:
        assert await self._until(lambda: True if self.heard_seconds >= second else None, limit), "nothing comes in"

    async def _until(self, look: Callable[[], T | None], limit: float) -> T | None:
        """What `look` gives, asked again and again until the limit, or once more after the call's end."""
        end = time.monotonic() + limit
        while True:
            last = self.is_over or time.monotonic() > end
            if (result := await asyncio.to_thread(look)) is not None or last:
                return result
            await asyncio.sleep(POLL)


def digits(number: str | int) -> list[str]:
    """The prompts that say a number digit by digit."""
    return [f"digit.{digit}" for digit in str(number)]


def _sound(prompt: str | Path) -> Sound:
    return load_sound(_file(prompt))


def _file(prompt: str | Path) -> Path:
    return prompt if isinstance(prompt, Path) else quick_catalogue().audio(prompt)
