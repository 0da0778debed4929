"""`lianxin bench ivr`: the hotline beside the same conversation in Asterisk's own dialplan."""

import asyncio
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from lianxin.bench.dialplan import NUMBER as DIALPLAN_NUMBER
from lianxin.bench.hotline import NUMBER, BenchHotline
from lianxin.bench.script import Load
from lianxin.errors import PartNotReady
from lianxin.settings import Settings

Side: TypeAlias = Literal["ours", "dialplan"]
Say: TypeAlias = Callable[[str], None]
SIDES: tuple[Side, Side] = ("ours", "dialplan")
CALLS_A_SECOND = 10.0
"""At which callers come while the load is ramped up."""
SPEAK = 5.0
"""Seconds for which all callers are on the line at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One side under one load."""

    calls: int
    failed: int
    """Calls that did not go as a caller may expect."""
    unaccounted: int
    """Messages that were spoken and of which nobody knows what became."""
    stop_p95_ms: float | None
    """From pressing a key, which is down for 100 ms, to the last sound of the prompt."""
    first_audio_p95_ms: float | None
    """From the answer to the first sound."""
    cpu_s_per_call: float
    """CPU seconds of Asterisk, and of the controller where it takes part, for each call."""
    controller_cpu_s_per_call: float
    reasons: tuple[str, ...]
    """Why calls failed, each once."""
    load_late_p99_ms: float
    """How late the load itself was; above some 20 ms the figures say more about it than about the hotline."""

    @property
    def clean(self) -> bool:
        """Whether every call went well."""
        return not self.failed and not self.unaccounted


async def measure(settings: Settings, calls: int, up_to: int, say: Say) -> dict[str, Any]:
    """Both sides, at `calls` first, then upward in thirds until one fails or `up_to` is reached, or else downward.

    Gives what `--json` prints.
    """
    third = max(1, round(calls / 3))
    async with BenchHotline(settings, up_to) as hotline:
        await asyncio.gather(*(put_on(hotline, side, 1, _nowhere) for side in SIDES))  # the first call warms up
        first: dict[Side, Step] = {}
        clean: dict[Side, int] = {}
        for side in SIDES:
            first[side] = await put_on(hotline, side, calls, say)
            clean[side] = calls if first[side].clean else 0
        for side in SIDES:
            rising = first[side].clean
            for number in range(calls + third, up_to + 1, third) if rising else range(calls - third, 0, -third):
                step = await put_on(hotline, side, number, say)
                if step.clean:
                    clean[side] = number
                if step.clean != rising:
                    break
    sides: dict[str, Any] = {side: asdict(step) | {"max_clean_step": clean[side]} for side, step in first.items()}
    return {**sides, "ratio": _ratios(sides["ours"], sides["dialplan"])}


def _ratios(ours: dict[str, Any], dialplan: dict[str, Any]) -> dict[str, float | None]:
    names = ("stop_p95_ms", "first_audio_p95_ms", "cpu_s_per_call", "max_clean_step")
    return {name: _ratio(ours[name], dialplan[name]) for name in names}


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return round(ours / theirs, 2) if ours is not None and theirs else None


async def put_on(hotline: BenchHotline, side: Side, calls: int, say: Say) -> Step:
    """One side under the load of so many calls at once."""
    before, stored = (hotline.cpu_of_asterisk(), hotline.cpu_of_controller()), _kept(hotline, side)
    load = Load(NUMBER if side == "ours" else DIALPLAN_NUMBER, calls, calls / CALLS_A_SECOND, SPEAK)
    told = await load_of(hotline, load)
    books = await hotline.settled() if side == "ours" else None
    asterisk, controller = hotline.cpu_of_asterisk() - before[0], hotline.cpu_of_controller() - before[1]
    results = told["calls"]
    went_well = [result for result in results if not result["failed"]]
    lost = max(0, len(went_well) - (_kept(hotline, side) - stored))
    if books is not None:
        lost += len(books.problems) + books.in_progress
    else:
        controller = 0.0
    stops = [stop for result in results for stop in result["stops"]]
    step = Step(
        calls=calls,
        failed=len(results) - len(went_well),
        unaccounted=lost,
        stop_p95_ms=_p95(stops),
        first_audio_p95_ms=_p95([result["first_audio"] for result in results if result["first_audio"] is not None]),
        cpu_s_per_call=round((asterisk + controller) / calls, 4),
        controller_cpu_s_per_call=round(controller / calls, 4),
        reasons=tuple(sorted({result["failed"] for result in results if result["failed"]})),
        load_late_p99_ms=told["late_p99_ms"],
    )
    say(
        f"{side:<8} {calls:>4} at once: {step.failed} failed, {step.unaccounted} unaccounted, "
        f"key to stop p95 {step.stop_p95_ms} ms, first audio p95 {step.first_audio_p95_ms} ms, "
        f"{step.cpu_s_per_call:.3f} CPU s a call (load late by {step.load_late_p99_ms} ms)"
    )
    return step


def _nowhere(line: str) -> None:
    """What the warming up says is nobody's business."""


def _kept(hotline: BenchHotline, side: Side) -> int:
    return hotline.books().stored if side == "ours" else hotline.dialplan_messages()


def _p95(values: list[float]) -> float | None:
    return round(statistics.quantiles(values, n=20, method="inclusive")[-1], 1) if len(values) > 1 else None


async def load_of(hotline: BenchHotline, load: Load) -> Any:
    """Put a load on in a second process; what it tells, see `put_on` of lianxin.bench.load."""
    job = {
        "sip_port": hotline.server.ports.sip,
        "prompts": {name: str(file) for name, file in hotline.prompts.items()},
        "load": asdict(load),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "lianxin.bench.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        out, _ = await process.communicate(json.dumps(job).encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise PartNotReady(f"the load ended with exit code {process.returncode}; its last words are above")
    return json.loads(out)
