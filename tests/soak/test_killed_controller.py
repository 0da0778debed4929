"""The controller is killed at any moment with callers on the line: the next one goes on with all of them."""

import asyncio
from random import Random

import pytest

from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.bench.caller import Caller, CallFailed
from lianxin.bench.ear import Ear
from lianxin.bench.exchange import Exchange
from lianxin.bench.script import TONE
from tests.telephony.conftest import line, program  # noqa: F401 - fixtures

CALLERS = 3

pytestmark = pytest.mark.telephony


async def talk(caller: Caller, chance: Random) -> bool:
    """Ring, leave a message whatever happens, hang up when the other side does or after a while; whether answered."""
    try:
        await caller.dial(20)
        while not caller.over and asyncio.get_running_loop().time() - caller.answered_at < 12:
            await caller.stays(chance.uniform(0.3, 1.5))
            caller.speech = TONE if chance.random() < 0.5 else b""
            await caller.press(chance.choice("11##"))
    except CallFailed:
        pass
    await caller.hang_up()
    return bool(caller.answered_at)


async def test_every_call_is_accounted_for_when_the_controller_is_killed(line, scale, seed, tell) -> None:  # noqa: F811
    times, chance, rung = scale(1, 50), Random(seed), 0
    ear = Ear({"notice.recording": Catalogue.load(SHIPPED).audio("notice.recording")})
    async with Exchange(ear, line.server.ports.sip, user="trial", password=line.server.trial_password) as exchange:
        for _ in range(times):
            callers = [
                asyncio.create_task(talk(exchange.caller("95598"), Random(chance.random()))) for _ in range(CALLERS)
            ]
            await asyncio.sleep(chance.uniform(0.05, 9.0))
            await line.kill_controller()
            await line.start_controller()
            assert all(await asyncio.gather(*callers)), "everybody is answered, by the dialplan if need be"
            rung += CALLERS
    calls = await line.settled(number=rung, limit=60)
    books = line.account()
    outcomes = sorted({call.outcome for call in calls})
    tell(
        f"{times} kills with {CALLERS} calls up, seed {seed}: {books.requested} recordings = {books.stored} stored + "
        f"{books.absent} absent + {books.failed} failed; outcomes {', '.join(outcomes)}"
    )
    assert len(calls) == rung
    assert books.requested == books.stored + books.absent + books.failed
    assert (books.problems, books.in_progress) == ((), 0)
