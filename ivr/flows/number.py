"""How a caller gives a number: by keys, or in words."""

from dataclasses import dataclass

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.prompts.language import Language

SAYING = 20.0
"""Seconds for a number that is said digit by digit, pauses and all."""


@dataclass(frozen=True, slots=True)
class Number:
    """What a caller gave."""

    digits: str
    """Empty when what they said was not understood."""
    said: bool
    """Whether they said it: what was heard may be wrong, and is to be read back."""


async def ask_number(call: Call, desk: Desk, prompt: str, *, longest: int) -> Number | None:
    """Ask for a number by keys; whoever presses nothing may say it. None from a caller who has no number to give."""
    keyed = await call.gather(prompt, longest=longest)
    if keyed is None and desk.ear.hears and call.language is Language.MANDARIN:
        await desk.ear.get_ready()
        said = await call.hear("dictate.ask", limit=SAYING)
        if said is not None:
            return Number(await desk.ear.number(said), said=True)
        keyed = await call.gather([], longest=longest) if call.line.keys else None
    return Number(keyed, said=False) if keyed else None
