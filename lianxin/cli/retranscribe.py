"""`lianxin retranscribe`: hear again with another model what was heard before."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from worker.tools import Tools

LEFT = "left"
"""What became of a recording that was not begun, because it was time to end."""


def retranscribe(
    since: Annotated[str, typer.Option(help="From which day on: 2026-11-01, today or yesterday.")],
    model: Annotated[
        str | None,
        typer.Option(help="An installed model or a folder; the second models, else those in use, when not given."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="HH:MM", help="When to begin no more, in the utility's time; the next such.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many recordings would be heard.")] = False,
) -> None:
    """Hear recordings again whose newest transcript is by another model, and sort and judge their calls anew.

    The old transcript stays as a version, corrections stay. Stopped with Ctrl-C, it goes on where it was when it is
    run again. A recording that cannot be heard is named, keeps its old transcript, and the exit code is 1.

    Example: lianxin retranscribe --since 2026-11-01 --model vosk-model-cn-0.22

    Every night: lianxin retranscribe --since yesterday --until 06:00
    """
    import os
    from concurrent.futures import ThreadPoolExecutor

    from lianxin.cli.progress import bar
    from lianxin.compose import open_archive
    from lianxin.engines import Choice, later, said_in_console
    from lianxin.settings import Settings
    from lianxin.worker_tools import make_tools
    from recordings import stages

    settings = Settings()
    zone = ZoneInfo(settings.timezone)
    begin = datetime.combine(_day(since, datetime.now(zone).date()), time(), zone)
    end = next_time(until, datetime.now(zone)) if until else None
    archive = open_archive(settings, create=False)
    usual = later(settings, said_in_console(settings))
    tools = make_tools(settings, archive, usual if model is None else Choice(model, {}))
    names = ", ".join(dict.fromkeys(each.name for each in tools.engines))
    with archive.reading() as session:
        due = stages.heard_by_others(session, begin, lambda path: tools.engine_for(path).name)
    if dry_run or not due:
        typer.echo(f"{len(due)} recordings since {begin:%Y-%m-%d} were last heard by another model than {names}.")
        archive.close()
        return
    told: list[str | None] = []
    with bar() as progress:
        task = progress.add_task(f"Hearing with {names}", total=len(due))
        pool = ThreadPoolExecutor(settings.worker.threads or os.cpu_count() or 1)
        try:
            for problem in pool.map(lambda recording_id: _hear(tools, recording_id, end), due):
                told.append(problem)
                progress.advance(task)
        finally:
            pool.shutdown(cancel_futures=True)
    problems = [problem for problem in told if problem and problem != LEFT]
    for problem in problems:
        typer.echo(f"lianxin: {problem}", err=True)
    again, failed, left = told.count(None), len(problems), told.count(LEFT)
    rest = f"; {left} are left for the next time" if left else ""
    typer.echo(f"{again} recordings were heard again with {names}; {failed} could not be{rest}.")
    archive.close()
    if failed:
        raise typer.Exit(1)


def _hear(tools: "Tools", recording_id: str, end: datetime | None) -> str | None:
    """Hear one again, unless it is past the end; the answer is why that could not be, as a line, or LEFT."""
    if end and datetime.now(end.tzinfo) >= end:
        return LEFT
    from asr.errors import AsrError
    from quality.errors import QualityError
    from recordings.errors import ArchiveError
    from triage.errors import TriageError
    from worker.pipeline import hear_again

    try:
        done = hear_again(tools, recording_id)
    except (AsrError, TriageError, QualityError, ArchiveError) as problem:
        return f"recording {recording_id}: {problem}"
    return None if done else f"recording {recording_id}: a worker has it in hand; run this again later."


def next_time(given: str, now: datetime) -> datetime:
    """The next moment at which the clock shows that. Raises BadParameter."""
    try:
        at = datetime.combine(now.date(), datetime.strptime(given, "%H:%M").time(), now.tzinfo)  # noqa: DTZ007
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is no time; give one like 06:00", param_hint="--until") from error
    return at if at > now else at + timedelta(days=1)


def _day(given: str, today: date) -> date:
    if given in ("today", "yesterday"):
        return today - timedelta(days=given == "yesterday")
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is no day; give one like 2026-11-01", param_hint="--since") from error
