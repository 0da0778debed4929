"""The controller is killed again and again while caller and agent talk: neither notices, and both recordings go on."""

import asyncio
import time
from random import Random

import pytest
from sqlalchemy import select

from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.bench.caller import Caller
from lianxin.bench.ear import Ear
from lianxin.bench.script import TONE
from recordings.tables import Agent
from tests.telephony.conftest import line, program  # noqa: F401 - fixtures
from tests.telephony.desk import Desk

LONGEST = 1.0
"""Seconds without a word of the other at which somebody would ask: are you still there?"""

pytestmark = pytest.mark.telephony


class Listener:
    """Hears the other one's tone, and knows for how long it was away."""

    def __init__(self, caller: Caller) -> None:
        self.last, self.longest = time.monotonic(), 0.0
        caller.hear = self.hear  # type: ignore[method-assign]

    def hear(self, packet: bytes) -> None:
        if sum(packet.count(sample) for sample in set(TONE)) > len(TONE) / 2:
            now = time.monotonic()
            self.longest, self.last = max(self.longest, now - self.last), now


async def test_two_who_talk_stay_connected_however_often_the_controller_is_killed(line, scale, seed, tell) -> None:  # noqa: F811
    times, chance = scale(0, 50), Random(seed)
    if not times:
        pytest.skip("tests/telephony/test_agents.py kills it once")
    account = await line.agent_account("wang")
    ear = Ear({"notice.recording": Catalogue.load(SHIPPED).audio("notice.recording")})
    async with Desk(ear, line.server.ports.sip, user="trial", password=line.server.trial_password) as desk:
        await desk.register(account)
        caller = desk.caller("95598")
        await caller.dial()
        await caller.stays(2)
        await caller.press("0")
        await asyncio.wait_for(desk.answered.wait(), 20)
        await line.until(lambda: line.recordings_begun() == 2, "both are recorded")
        caller.speech = desk.agent.speech = TONE
        await caller.stays(1)
        both = Listener(caller), Listener(desk.agent)
        for _ in range(times):
            await caller.stays(chance.uniform(0, 3))
            await line.kill_controller()
            await line.start_controller()
        await caller.stays(1)
        away = max(max(one.longest, time.monotonic() - one.last) for one in both)
        await caller.hang_up()
    (call,) = await line.settled()
    recordings = [recording for leg in call.legs for recording in leg.recordings]
    books = line.account()
    tell(
        f"{times} kills while two talk, seed {seed}: the longest that one did not hear the other was {away:.2f} s; "
        f"{books.requested} recordings = {books.stored} stored + {books.absent} absent + {books.failed} failed; "
        f"outcome {call.outcome}"
    )
    assert away < LONGEST
    assert call.outcome == "spoken"
    assert [recording.state for recording in recordings] == ["stored", "stored"], "one of each side, never cut"
    assert min(recording.duration or 0 for recording in recordings) > times
    with line.archive.reading() as s:
        assert s.scalars(select(Agent)).one().call_id is None
