"""The demonstration: place the calls, wait for what becomes of them, show and judge it."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from lianxin.demo.callers import DemoCaller, demo_callers
from lianxin.demo.findings import CallFound, find_call, report
from lianxin.demo.stage import report_file, set_stage
from lianxin.hotline import Hotline
from lianxin.settings import Settings
from lianxin.softphone.caller import Order, place_call
from lianxin.softphone.errors import SoftphoneError
from lianxin.softphone.plan import parse_plan
from lianxin.softphone.process import PhoneEvent
from lianxin.softphone.target import NUMBER, target
from lianxin.staying import until_stopped
from recordings.accounting import account
from recordings.users import make_first_admin

TRANSCRIPT_LIMIT = 120.0
"""Seconds to wait for the transcripts after the last call."""
STAGGER = 1.0
"""Seconds between two callers' dialling."""


@dataclass(slots=True)
class _Line:
    """One caller of the demonstration and the number they dial, by which their call is found again."""

    caller: DemoCaller
    number: str
    task: TaskID


async def run_demo(settings: Settings, *, stay: bool, console: Console) -> bool:
    """Show the whole once; whether all calls came through. With `stay` the console stays up until Ctrl-C."""
    begun = time.monotonic()
    staged = set_stage(settings)
    hotline = Hotline(staged, say=console.print)
    with hotline.archive.session() as session:
        password = make_first_admin(session, datetime.now(UTC))
    await hotline.start()
    try:
        calls = await _place_calls(hotline, staged, console)
        with hotline.archive.reading() as session:
            books = account(session, hotline.archive.store, datetime.now(UTC))
        file = report_file(staged)
        file.write_text(json.dumps(report(calls, books, time.monotonic() - begun), ensure_ascii=False, indent=2) + "\n")
        _show(calls, console)
        console.print(
            f"Recordings: {books.requested} requested = {books.stored} stored + {books.absent} absent "
            f"+ {books.failed} failed. {'It adds up.' if books.adds_up else 'It does NOT add up.'}"
        )
        console.print(f"Report: {file}", soft_wrap=True)
        well = books.adds_up and all(call.came_through for call in calls)
        console.print("All six calls came through." if well else "[red]Not every call came through.[/]")
        if not staged.asr.model:
            console.print("The model is for trial: it hears real people poorly, see the README.")
        if stay:
            console.print(f"Console: {hotline.console} (sign in as admin with {password}). Ctrl-C stops.")
            await until_stopped(hotline)
    finally:
        await hotline.stop()
    return well


async def _place_calls(hotline: Hotline, settings: Settings, console: Console) -> list[CallFound]:
    columns = (
        TextColumn("{task.fields[who]:<14}"),
        BarColumn(20),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        lines = [
            _Line(caller, f"{NUMBER}{index}", progress.add_task("waits", total=4, who=caller.id))
            for index, caller in enumerate(demo_callers(), 1)
        ]
        async with asyncio.TaskGroup() as tasks:
            calling = [
                tasks.create_task(_call(settings, line, index * STAGGER, progress)) for index, line in enumerate(lines)
            ]
            watching = tasks.create_task(_watch(hotline, lines, calling, progress))
        return watching.result()


async def _call(settings: Settings, line: _Line, delay: float, progress: Progress) -> None:
    await asyncio.sleep(delay)
    whom = target(settings, "", "", "")
    order = Order(
        to=whom.to.replace(f":{NUMBER}@", f":{line.number}@"),
        user=whom.user,
        password=whom.password,
        plan=parse_plan(line.caller.plan, line.caller.audio),
        heard=None,
        hang_up_after=line.caller.hangs_up_after,
    )
    try:
        await place_call(order, _teller(progress, line.task))
    except SoftphoneError as error:
        progress.console.print(f"{line.caller.id}: {error}", markup=False)


def _teller(progress: Progress, task: TaskID) -> Callable[[PhoneEvent], None]:
    steps = {
        "answered": "hears the notice",
        "pressed": "pressed a key",
        "said": "has said it all",
        "disconnected": "call is over",
    }

    def told(event: PhoneEvent) -> None:
        if event.name in steps:
            progress.update(task, description=steps[event.name], completed=1 if event.name != "disconnected" else 2)

    return told


async def _watch(
    hotline: Hotline, lines: Sequence[_Line], calling: Sequence[asyncio.Task[None]], progress: Progress
) -> list[CallFound]:
    """Follow the calls through the archive until each has come to its end, or the time after the last call is over."""
    over: float | None = None
    while True:
        found = await asyncio.to_thread(_find, hotline, lines)
        for line, call in zip(lines, found, strict=True):
            if len(call.states) > 1:
                progress.update(line.task, description=call.states[-1], completed=len(call.states))
        if all(call.states[-1] in ("understood", "set-aside", "absent", "failed") for call in found):
            return found
        if over is None and all(call.done() for call in calling):
            over = time.monotonic() + TRANSCRIPT_LIMIT
        if over is not None and time.monotonic() > over:
            return found
        await asyncio.sleep(0.3)


def _find(hotline: Hotline, lines: Sequence[_Line]) -> list[CallFound]:
    with hotline.archive.reading() as session:
        return [find_call(session, line.caller, line.number) for line in lines]


def _show(calls: Sequence[CallFound], console: Console) -> None:
    table = Table(box=SIMPLE_HEAD, show_lines=True)
    table.add_column("caller", no_wrap=True)
    table.add_column("said, and what was understood", overflow="fold")
    for name in ("CER", "category", "seconds"):
        table.add_column(name, no_wrap=True, justify="left" if name == "category" else "right")
    for call in calls:
        right = "green" if call.category == call.expected else "red"
        heard = "green" if call.came_through else "yellow"
        table.add_row(
            call.id,
            f"{call.said}\n[{heard}]{call.transcript or '—'}[/]",
            f"{call.cer:.1%}",
            f"[{right}]{call.category or '—'}[/]",
            f"{call.seconds:.1f}",
        )
    console.print(table)
