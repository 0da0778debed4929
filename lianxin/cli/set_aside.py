"""`lianxin set-aside`: recordings that failed three times, and trying them again."""

from datetime import UTC, datetime
from typing import Annotated

import typer

app = typer.Typer(help="Recordings that failed three times: list them, try them again.", no_args_is_help=True)


@app.command("list")
def list_them() -> None:
    """Show what is set aside, oldest first: recording, call, and why.

    Example: lianxin set-aside list
    """
    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings import stages

    archive = open_archive(Settings(), create=False)
    with archive.reading() as s:
        rows = [(row.id, row.leg.call_id, row.problem) for row in stages.set_aside(s)]
    archive.close()
    for recording_id, call_id, problem in rows:
        typer.echo(f"{recording_id}  call {call_id}  {problem}")
    typer.echo(f"{len(rows)} recordings are set aside.")


@app.command()
def again(
    recordings: Annotated[
        list[str] | None, typer.Argument(metavar="RECORDING", help="Ids, as `list` has them.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that is set aside.")] = False,
) -> None:
    """Have recordings tried again whose trouble is mended; a worker takes them up within half a minute.

    Example: lianxin set-aside again --all
    """
    from lianxin.compose import open_archive
    from lianxin.settings import Settings
    from recordings import stages

    if bool(recordings) == everything:
        raise typer.BadParameter("name recordings, or give --all")
    archive = open_archive(Settings(), create=False)
    with archive.session() as s:
        wanted = [row.id for row in stages.set_aside(s)] if everything else recordings or []
        taken = [each for each in wanted if stages.take_up_again(s, each, datetime.now(UTC))]
    archive.close()
    for each in sorted(set(wanted) - set(taken)):
        typer.echo(f"lianxin: recording {each} is not set aside; see: lianxin set-aside list", err=True)
    typer.echo(f"{len(taken)} recordings are tried again.")
    if len(taken) < len(set(wanted)):
        raise typer.Exit(2)
