"""Real callers of a real Asterisk who hang up at any moment: the books add up, and nothing is left behind."""

import asyncio
from random import Random

import pytest

from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.bench.caller import Caller, CallFailed
from lianxin.bench.ear import Ear
from lianxin.bench.exchange import Exchange
from lianxin.bench.script import TONE
from tests.telephony.conftest import line, program  # noqa: F401 - fixtures

AT_ONCE = 16
LONGEST = 14.0
"""Seconds after the answer at which everybody has hung up: notice, menu, question, message, number."""

pytestmark = pytest.mark.telephony


async def hang_up_somewhere(caller: Caller, chance: Random) -> str:
    """Ring, press and say anything, hang up at a random moment; how it went."""
    caller.speech = TONE if chance.random() < 0.5 else b""
    over = asyncio.get_running_loop().time() + chance.uniform(0, LONGEST)
    dialling = asyncio.create_task(caller.dial())
    try:
        while (left := over - asyncio.get_running_loop().time()) > 0:
            if not dialling.done() or not caller.answered_at:
                await asyncio.sleep(min(left, 0.05))
                continue
            await caller.stays(min(left, chance.uniform(0.1, 1.5)))
            if chance.random() < 0.6:
                await caller.press(chance.choice("111###2*09"))
    except CallFailed:
        return "they hung up"
    try:
        await asyncio.wait_for(dialling, 10)  # who gives up while it rings says CANCEL, which this phone cannot
    except CallFailed:
        return "no answer"
    await caller.hang_up()
    return "hung up"


async def test_no_call_is_lost_wherever_real_callers_hang_up(line, scale, seed, tell) -> None:  # noqa: F811
    number, chance = scale(16, 320), Random(seed)
    ear = Ear({"notice.recording": Catalogue.load(SHIPPED).audio("notice.recording")})
    places = asyncio.Semaphore(AT_ONCE)
    async with Exchange(ear, line.server.ports.sip, user="trial", password=line.server.trial_password) as exchange:

        async def one() -> str:
            async with places:
                return await hang_up_somewhere(exchange.caller("95598"), Random(chance.random()))

        ends = await asyncio.gather(*(one() for _ in range(number)))
    assert "no answer" not in ends
    calls = await line.settled(number=number, limit=60)
    books = line.account()
    tell(
        f"{number} real calls, seed {seed}: {books.requested} recordings = {books.stored} stored + "
        f"{books.absent} absent + {books.failed} failed; {ends.count('they hung up')} went on to the end"
    )
    assert len(calls) == number
    assert books.requested == books.stored + books.absent + books.failed
    assert (books.problems, books.in_progress) == ((), 0)
    assert '"level": "error"' not in line.log
