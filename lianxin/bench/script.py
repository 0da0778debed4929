"""What each caller of the benchmark does, and what is measured of it."""

import asyncio
from dataclasses import dataclass

from lianxin.bench.caller import PACKET, PRESS, Caller, CallFailed
from lianxin.bench.ear import Ear

TONE = bytes([0x85, 0x05] * 80)
"""20 ms of a loud tone in A-law: what is left as a message."""
ANSWER_LIMIT = 10.0
STEP_LIMIT = 5.0
"""Seconds for what a step should bring about. A caller gives up after longer silence, and the call has failed."""
PROMPTS = ("notice.recording", "menu.main", "repair.describe", "tone.beep", "case.number")
"""What a caller listens for, in order."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many call how."""

    number: str
    """The number that all of them dial."""
    calls: int
    """Callers who are on the line at once, each of them once."""
    ramp: float
    """Seconds over which they begin."""
    speak: float
    """Seconds of each message after the last caller came, so that for so long all are on the line at once."""


@dataclass(slots=True)
class Result:
    """What became of one call. Times are in milliseconds, None what was not reached."""

    failed: str = ""
    """Why it did not go as a caller may expect; empty when all did."""
    first_audio: float | None = None
    """From the answer to the notice's first sample."""
    stops: list[float] | None = None
    """From pressing a key to the last sound of the prompt that it cuts short; two in a call. Asterisk acts when a key
    is let go, so the 100 ms for which it is down are in it."""
    message: float = 0.0
    """Seconds that were spoken."""


async def report_a_fault(caller: Caller, ear: Ear, load: Load, ends: float) -> Result:
    """Ring, cut menu and question short, leave a message, hear the number, hang up. `ends`: when to stop speaking."""
    result = Result(stops=[])
    loop = asyncio.get_running_loop()
    try:
        await caller.dial(ANSWER_LIMIT)
        began = await caller.hears("notice.recording", STEP_LIMIT)
        result.first_audio = (began - caller.answered_at) * 1000
        await _cut_short(caller, ear, result, "menu.main", "1", within=15.0)
        await _cut_short(caller, ear, result, "repair.describe", "#", within=STEP_LIMIT)
        await caller.hears("tone.beep", STEP_LIMIT)
        await caller.stays(0.5)
        caller.speech = TONE
        result.message = max(load.speak, ends - loop.time())
        await caller.stays(result.message)
        await caller.press("#")
        await caller.hears("case.number", STEP_LIMIT)
        await caller.stays(0.5)
    except CallFailed as error:
        result.failed = str(error)
    await caller.hang_up()
    return result


async def _cut_short(caller: Caller, ear: Ear, result: Result, prompt: str, key: str, within: float) -> None:
    """Press a key where the prompt is loud, and see for how long it goes on."""
    began = await caller.hears(prompt, within)
    moment = began + ear.steady(prompt, after=1.0) - PRESS - 0.03
    await caller.stays(max(0.0, moment - asyncio.get_running_loop().time()))
    pressed = await caller.press(key)
    await caller.stays(0.8)
    stopped = caller.heard[prompt] + PACKET
    if caller.playing == prompt and asyncio.get_running_loop().time() - caller.heard[prompt] < 0.1:
        raise CallFailed(f"{prompt} went on although {key} was pressed")
    assert result.stops is not None
    result.stops.append(max(0.0, stopped - pressed) * 1000)
