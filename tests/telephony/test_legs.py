"""Both sides of a talk are recorded by themselves, on one clock: what was said at once is heard at once.

A packet that comes late stays late in the recording: Asterisk fills the gap with silence, and what comes after it lies
behind. So that other work on the machine does not make packets late here, Asterisk and our telephones run with
real-time priority; where that is not allowed, only the long runs look at this. Nor may the test itself keep its
telephones waiting: whoever talks here looks into the books by the shortest query there is.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.prompts.catalogue import SHIPPED, Catalogue
from lianxin.bench.caller import SILENCE
from lianxin.bench.ear import Ear
from lianxin.bench.script import TONE
from recordings.tables import Recording
from tests.telephony.desk import Desk

MARKS = 6


@contextmanager
def punctual(*processes: int) -> Iterator[bool]:
    """Give processes, and threads that they start, real-time priority for a while; whether we may."""
    threads = [int(thread.name) for pid in processes for thread in Path(f"/proc/{pid}/task").iterdir()]
    try:
        for thread in threads:
            os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(5))
        yield True
    except PermissionError:
        yield False
    finally:
        with suppress(PermissionError, ProcessLookupError):
            for thread in threads:
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))


def onsets(line, recording: Recording) -> list[float]:
    """When each tone began, in seconds of the day's clock."""
    with line.archive.store.open(recording.key) as file:
        samples, rate = soundfile.read(file)
    loud = np.flatnonzero(np.abs(samples) > 0.1)
    begins = loud[np.flatnonzero(np.diff(loud, prepend=-rate) > rate / 10)]
    assert isinstance(recording.started_at, datetime)
    return [recording.started_at.timestamp() + begin / rate for begin in begins]


async def test_what_caller_and_agent_say_at_once_lies_within_20_ms_in_their_recordings(line):
    with punctual(line.server.pid, os.getpid()) as allowed:
        if not allowed and os.environ.get("SOAK") != "whole":
            pytest.skip("no right to real-time priority; SOAK=whole tries without, on a machine that does nothing else")
        late = await a_talk(line) * 1000
    (call,) = await line.settled()
    sides = {leg.side: onsets(line, leg.recordings[0]) for leg in call.legs}
    assert len(sides["caller"]) == len(sides["agent"]) == MARKS
    apart = [(theirs - ours) * 1000 for theirs, ours in zip(sides["caller"], sides["agent"], strict=True)]
    told = f"ms by which the caller's leg is later: {[round(ms) for ms in apart]}; telephones late by {late:.1f} ms"
    # A packet waits less than 20 ms for its turn; one that missed it, because it was late, that lateness more.
    assert max(map(abs, apart)) <= 20 + late, told


async def a_talk(line) -> float:
    """Caller and agent say the same marks in the same moments; by how many seconds their latest packet was late."""
    account = await line.agent_account("wang")
    ear = Ear({"notice.recording": Catalogue.load(SHIPPED).audio("notice.recording")})
    async with Desk(ear, line.server.ports.sip, user="trial", password=line.server.trial_password) as desk:
        await desk.register(account)
        caller = desk.caller("95598")
        await caller.dial()
        await caller.stays(2)
        await caller.press("0")
        await asyncio.wait_for(desk.answered.wait(), 20)
        await line.until(lambda: line.recordings_begun() == 2, "the agent is recorded")
        for mark in range(MARKS):
            caller.speech = desk.agent.speech = TONE
            await caller.stays(0.2)
            caller.speech = desk.agent.speech = SILENCE
            await caller.stays(0.3 + mark * 0.017)
        await caller.hang_up()
    return max(desk.lateness)
