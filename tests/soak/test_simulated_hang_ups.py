"""Thousands of callers of a simulated Asterisk, who hang up between any two requests: the books always add up."""

import asyncio
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import structlog
from sqlalchemy import select
from structlog.testing import capture_logs

from ivr.books import Books
from ivr.call import Timing
from ivr.settling import Settler
from lianxin.settings import Settings
from lianxin.telephony import make_controller
from recordings.accounting import account
from recordings.archive import Archive
from recordings.tables import Call
from tests.soak.simulated_asterisk import SimulatedAsterisk, SimulatedClient

AT_ONCE = 40
HURRY = Timing(key_wait=0.1, silence=0.05, patience=0.1)
LONGEST = 60.0
"""Seconds after which a caller who is still there is stuck."""


async def one_caller(asterisk: SimulatedAsterisk, channel: str, chance: Random) -> None:
    """Rings, presses and says anything at any time, and hangs up anywhere, or stays to the end."""
    asterisk.ring(channel)
    patience = time.monotonic() + (chance.uniform(0, 4.0) if chance.random() < 0.7 else LONGEST)
    while channel in asterisk.channels:
        await asyncio.sleep(chance.uniform(0, 0.08))
        if time.monotonic() > patience:
            asterisk.hang_up(channel)
            return
        match chance.randrange(4):
            case 0:
                asterisk.press(channel, chance.choice("1240*#9"))
            case 1:
                asterisk.talk(channel, begins=True)
            case 2:
                asterisk.talk(channel, begins=False)


async def test_every_call_is_accounted_for_wherever_the_caller_hangs_up(scale, seed, tell, tmp_path: Path) -> None:
    number, chance, begun = scale(100, 10_000), Random(seed), time.monotonic()
    archive = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    asterisk = SimulatedAsterisk(Random(seed + 1), tmp_path / "spool")
    asterisk.hung_up_at_request = 0.02
    settings = Settings(var=tmp_path)
    books = Books(archive, "main")
    settler = Settler(books, tmp_path / "spool", lambda recording: None)
    with capture_logs(processors=[structlog.processors.format_exc_info]) as logs:
        async with SimulatedClient(asterisk) as ari:
            controller, _ = make_controller(settings, ari, books, settler, HURRY)
            serving = asyncio.create_task(controller.run())
            places = asyncio.Semaphore(AT_ONCE)

            async def ring(caller: int) -> None:
                async with places:
                    await one_caller(asterisk, f"caller-{caller}", chance)

            async with asyncio.timeout(60 + number):
                await asyncio.gather(*(ring(caller) for caller in range(number)))
                while controller.served or asterisk.channels or asterisk._later:
                    await asyncio.sleep(0.05)
            left = [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("call-")]
            bound = dict(controller._router._bound)
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
    with archive.reading() as session:
        calls = Counter(session.scalars(select(Call.channel_id).where(Call.ended_at.is_not(None))))
        told = account(session, archive.store, datetime.now(UTC))
    archive.close()
    errors = Counter(entry["event"] for entry in logs if entry["log_level"] in ("error", "critical"))
    outcomes = Counter(entry["outcome"] for entry in logs if entry["event"] == "call-ended")
    tell(
        f"{number} simulated calls, seed {seed}: {asterisk.requests} requests, {asterisk.refused} refused; "
        f"{told.requested} recordings = {told.stored} stored + {told.absent} absent + {told.failed} failed; "
        f"outcomes {dict(outcomes)}; {time.monotonic() - begun:.0f} s"
    )
    assert not errors, [entry for entry in logs if entry["log_level"] == "error"][:3]
    assert told.adds_up, told.problems[:3]
    assert told.in_progress == 0
    assert told.requested == told.stored + told.absent + told.failed
    assert told.stored > number / 10, "many callers hear the notice out and are recorded"
    # The log may tell of an end twice: what ends while stock is taken is closed again, which changes nothing.
    assert calls == Counter(f"caller-{caller}" for caller in range(number)), "every caller is in the books once, closed"
    assert (asterisk.channels, asterisk.bridges, asterisk.recordings, asterisk.playbacks) == ({}, {}, {}, {})
    assert (left, bound) == ([], {})
