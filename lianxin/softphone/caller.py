"""A caller who follows a plan: dials, waits for the answer, does step after step, and stays until the call is over."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lianxin.softphone.address import host_of
from lianxin.softphone.errors import CallRefused, NobodyThere, NotPickedUp, PhoneBroken, PhoneProblem
from lianxin.softphone.plan import HangUp, Press, Say, Step, Wait
from lianxin.softphone.process import PhoneEvent, PhoneProcess
from lianxin.softphone.sound import read_sound

REACH_LIMIT = 5.0
"""Seconds in which some reply must come; SIP itself would ask again for 32 s (RFC 3261, timer B)."""
ANSWER_LIMIT = 30.0
"""Seconds that it may ring."""
GOODBYE_LIMIT = 5.0
"""Seconds in which a hang-up must be confirmed."""


@dataclass(frozen=True)
class Order:
    """Whom to call, as whom, and what to do there."""

    to: str
    user: str
    password: str
    plan: tuple[Step, ...]
    heard: Path | None
    """WAV file for what is heard."""
    hang_up_after: float
    """Seconds after the answer at which the caller hangs up at the latest."""
    tones: bool = False
    """Whether keys are tones in the sound, not RFC 4733."""


@dataclass(frozen=True)
class CallReport:
    """How a call went that came through."""

    to: str
    seconds: float
    """From answer to end."""
    by: str
    """Who hung up: `us` or `them`."""
    heard: Path | None
    events: tuple[PhoneEvent, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "to": self.to,
            "seconds": round(self.seconds, 3),
            "hung_up_by": self.by,
            "heard": str(self.heard) if self.heard else None,
            "events": [{"at": event.at, "event": event.name, **event.detail} for event in self.events],
        }


async def place_call(order: Order, told: Callable[[PhoneEvent], None] | None = None) -> CallReport:
    """Make the call; `told` gets every event as it happens.

    Raises AddressWrong, and AsrError for bad audio, before anything rings; NobodyThere, NotPickedUp and CallRefused
    when the call does not come through; PhoneProblem and PhoneBroken from the phone itself.
    """
    host_of(order.to)
    for step in order.plan:
        if isinstance(step, Say):
            await asyncio.to_thread(read_sound, step.file)
    async with await PhoneProcess.start(told) as phone:
        heard = str(order.heard.absolute()) if order.heard else None
        await phone.tell("dial", uri=order.to, user=order.user, password=order.password, heard=heard, tones=order.tones)
        answered = await _come_through(phone, order.to)
        try:
            async with asyncio.timeout(order.hang_up_after):
                await _follow(phone, order.plan)
        except TimeoutError:
            await phone.tell("hang_up")
        except PhoneProblem:
            # They hung up just before a step: that is their right, and no problem.
            if await phone.first("disconnected", limit=0) is None:
                raise
        ended = await phone.first("disconnected", limit=GOODBYE_LIMIT)
        if ended is None:
            raise PhoneBroken("the hang-up was not confirmed")
    return CallReport(order.to, ended.at - answered.at, ended.detail["by"], order.heard, tuple(phone.history))


async def _come_through(phone: PhoneProcess, to: str) -> PhoneEvent:
    if await phone.first("reached", "disconnected", limit=REACH_LIMIT) is None:
        raise NobodyThere(to, f"no reply within {REACH_LIMIT:.0f} s")
    event = await phone.first("answered", "disconnected", limit=ANSWER_LIMIT)
    if event is None:
        raise NotPickedUp(to, ANSWER_LIMIT)
    if event.name == "answered":
        return event
    if event.detail["by"] == "nobody":
        unknown = "PJ_ERESOLVE" in event.detail["reason"]  # what pjlib says instead of the resolver's own words
        raise NobodyThere(to, "no such host" if unknown else event.detail["reason"])
    raise CallRefused(to, event.detail["code"], event.detail["reason"])


async def _follow(phone: PhoneProcess, plan: tuple[Step, ...]) -> None:
    for step in plan:
        match step:
            case Press(key):
                mark = await phone.tell("press", keys=key)
                event = await phone.first("pressed", "disconnected", after=mark)
            case Say(file):
                mark = await phone.tell("say", file=str(file.absolute()))
                event = await phone.first("said", "disconnected", after=mark)
            case Wait(seconds):
                event = await phone.first("disconnected", limit=seconds)
            case HangUp():
                await phone.tell("hang_up")
                event = await phone.first("disconnected", limit=GOODBYE_LIMIT)
        if event is not None and event.name == "disconnected":
            return
    await phone.first("disconnected")
