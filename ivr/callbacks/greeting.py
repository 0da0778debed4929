"""Who picked up: a person, who says 喂 and listens, or a machine, which talks on and on."""

import asyncio
from dataclasses import dataclass

from ivr.ari.events import ChannelTalkingFinished
from ivr.line import Line


@dataclass(frozen=True, slots=True)
class Greeting:
    """How a person's greeting is told from a machine's. All in seconds; measured in docs/callbacks.md."""

    longest: float = 3.0
    """Speech without a pause that goes on longer is a machine's."""
    pause: float = 0.8
    """Silence that ends a greeting."""
    patience: float = 2.5
    """Who says nothing for so long after picking up is a person who waits for us to speak."""
    speech_level: int = 256
    """Mean sample magnitude (of 32767) from which a 20 ms frame counts as speech."""
    machine_limit: float = 30.0
    """The longest that a machine is heard out before we speak."""

    @property
    def talk_detection(self) -> str:
        """The value of Asterisk's TALK_DETECT."""
        return f"{round(self.pause * 1000)},{self.speech_level}"


async def hears_a_person(line: Line, greeting: Greeting) -> bool:
    """Listen from the moment of the answer; True as soon as a person has greeted, keeps silent, or presses a key.

    False for a machine, once it has ended its greeting or was heard for `machine_limit`. Raises HungUp.
    Somebody must tell the line of speech, with TALK_DETECT as `greeting.talk_detection`.
    """
    now = asyncio.get_running_loop().time
    deadline = now() + greeting.patience
    begun = False
    while (left := deadline - now()) > 0 and not line.keys:
        event = await line.next_event(left)
        if not begun and line.talking_since is not None:
            begun, deadline = True, now() + greeting.longest + greeting.pause
        if isinstance(event, ChannelTalkingFinished):
            return event.duration <= greeting.longest * 1000
    if line.keys or not begun:
        return True
    over = now() + greeting.machine_limit
    while line.talking_since is not None and (left := over - now()) > 0 and not line.keys:
        await line.next_event(left)
    return bool(line.keys)
