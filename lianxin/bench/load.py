"""The load as a process of its own (`python -m lianxin.bench.load`): a job in on stdin as JSON, the results out."""

import asyncio
import json
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lianxin.bench.ear import Ear
from lianxin.bench.exchange import Exchange
from lianxin.bench.script import Load, Result, report_a_fault


@dataclass(frozen=True, slots=True)
class Job:
    """What the process is to do."""

    sip_port: int
    prompts: Mapping[str, str]
    """Files of the prompts that callers tell apart, by id."""
    load: Load


async def put_on(job: Job) -> dict[str, Any]:
    """Let all callers ring, and give what became of each, with the load's own lateness and CPU seconds."""
    ear = Ear({name: Path(file) for name, file in job.prompts.items()})
    loop = asyncio.get_running_loop()
    async with Exchange(ear, job.sip_port) as exchange:
        begun = loop.time()
        ends = begun + job.load.ramp + _talked_before(ear) + job.load.speak

        async def one(number: int) -> Result:
            await asyncio.sleep(number * job.load.ramp / job.load.calls)
            return await report_a_fault(exchange.caller(job.load.number), ear, job.load, ends)

        results = await asyncio.gather(*(one(number) for number in range(job.load.calls)))
    late = sorted(exchange.lateness)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "calls": [asdict(result) for result in results],
        "late_p99_ms": round(late[int(len(late) * 0.99)] * 1000, 1),
        "cpu_s": used.ru_utime + used.ru_stime,
    }


def _talked_before(ear: Ear) -> float:
    """Seconds from dialling to the message: the notice, and what is heard of the menu and the question."""
    notice = len(ear.loud["notice.recording"]) / 50
    return notice + ear.steady("menu.main", after=1.0) + ear.steady("repair.describe", after=1.0) + 4.0


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump(asyncio.run(put_on(Job(given["sip_port"], given["prompts"], Load(**given["load"])))), sys.stdout)
