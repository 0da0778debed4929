"""`lianxin bench events`: our typed events beside those of ari-client, on the same stub of a socket."""

import asyncio
import json
import statistics
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any

from lianxin.errors import BenchmarkIncomplete, PartNotReady

ROUNDS = 10
EVENTS = 20_000
RATE, SECONDS, BLOCK = 1000, 6, 5.0
"""Events a second, for so many seconds; and how long one flow takes nothing."""


async def measure(
    say: Callable[[str], None], rounds: int = ROUNDS, number: int = EVENTS, seconds: int = SECONDS
) -> dict[str, Any]:
    """Both clients in turn, the middle of `rounds`; then delays with a flow that blocks, and without.

    Gives what --json prints. Rates are events for each second of CPU time that the listener used, which is a second on
    a quiet machine, and on a busy one is not disturbed by the others. Delays cannot be had so; hence both listeners,
    the one with the blocked flow and the one without, run in the same seconds and are disturbed alike.

    Raises BenchmarkIncomplete when ari-client is not installed.
    """
    if find_spec("ari_client") is None:
        raise BenchmarkIncomplete("ari-client is not there to compare with; pip install 'lianxin-hotline[bench]'")
    ours, theirs, free, blocked = [], [], list[float](), list[float]()
    async with stub() as port, stub() as other_port:
        for _ in range(rounds):
            ours.append(await _listen("ours", port, number))
            theirs.append(await _listen("ari-client", port, number))
            say(f"{number} events: ours {ours[-1]:,.0f} a CPU second, ari-client {theirs[-1]:,.0f}")
        for _ in range(rounds):
            both = await asyncio.gather(
                _listen("delays", port, RATE, seconds, 0.0), _listen("delays", other_port, RATE, seconds, BLOCK)
            )
            free.append(_p99(both[0]))
            blocked.append(_p99(both[1]))
            say(f"p99 of other calls: {free[-1]:.2f} ms; while one flow blocks for 5 s: {blocked[-1]:.2f} ms")
    change = statistics.median(held / moved for held, moved in zip(blocked, free, strict=True)) - 1
    middle, their_middle = statistics.median(ours), statistics.median(theirs)
    return {
        "ours_per_s": round(middle),
        "ari_client_per_s": round(their_middle),
        "ratio": round(middle / their_middle, 2),
        "blocked_flow_p99_change": round(change, 3),
        "p99_ms": round(statistics.median(free), 2),
        "p99_blocked_ms": round(statistics.median(blocked), 2),
    }


@asynccontextmanager
async def stub() -> AsyncIterator[int]:
    """A stub of ARI's socket in a process of its own; its port."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lianxin.bench.stub", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[-1]


async def _listen(*arguments: object) -> Any:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lianxin.bench.listening", *map(str, arguments),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise PartNotReady(f"the listener {arguments[0]} ended with exit code {process.returncode}")
    return json.loads(out)
