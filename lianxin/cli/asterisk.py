"""`lianxin asterisk …`: fetch Asterisk, start it, stop it, look at it."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from lianxin.settings import Settings

app = typer.Typer(help="Fetch, start, stop and look at Asterisk, which takes the calls.", no_args_is_help=True)


@app.command()
def install(
    fresh: Annotated[bool, typer.Option("--fresh", help="Fetch the newest packages although there are some.")] = False,
) -> None:
    """Fetch Asterisk into the var folder, without root rights; done at once when there is one ≥ 20 already.

    Packages come from this machine's own Debian or Ubuntu mirror and are kept in asterisk.cache for the next time.

    Example: lianxin asterisk install
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn

    from lianxin.asterisk.installing import install_asterisk

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    tasks: dict[str, TaskID] = {}

    def report(stage: str, done: int, total: int) -> None:
        if not tasks:
            progress.start()
        if stage not in tasks:
            tasks[stage] = progress.add_task(stage, total=None)
        progress.update(tasks[stage], completed=done, total=total or None)

    try:
        program = install_asterisk(Settings(), report, fresh=fresh)
    finally:
        if tasks:
            progress.stop()
    print(f"Asterisk {program.version}: {program.command[-1]}")


@app.command()
def start() -> None:
    """Start Asterisk in the background and wait until it takes calls; done at once when it runs.

    Example: lianxin asterisk start
    """
    from lianxin.asterisk.finding import find_asterisk
    from lianxin.asterisk.running import server_of

    settings = Settings()
    server = server_of(settings, find_asterisk(settings))
    server.start()
    print(f"Asterisk {server.program.version} takes calls on {server.ports.sip_bind} (SIP, UDP and TCP)")


@app.command()
def stop() -> None:
    """Stop Asterisk; whoever is on the line is hung up.

    Example: lianxin asterisk stop
    """
    from lianxin.asterisk.layout import Layout
    from lianxin.asterisk.process import end, running_server

    layout = Layout(Settings().var.expanduser().absolute())
    note = running_server(layout)
    if note is None:
        print("Asterisk does not run.")
    elif end(layout, note.pid, limit=10.0):
        print("Asterisk is stopped.")
    else:
        print("Asterisk did not stop within 10 s and was killed.")


@app.command()
def status() -> None:
    """Say whether Asterisk runs, since when, on which ports, with how many legs; exit code 1 when it does not.

    Example: lianxin asterisk status
    """
    from lianxin.asterisk.layout import Layout
    from lianxin.asterisk.process import running_server
    from lianxin.asterisk.status import look_at

    settings = Settings()
    layout = Layout(settings.var.expanduser().absolute())
    note = running_server(layout)
    if note is None:
        print("Asterisk does not run; `lianxin asterisk start` starts it.")
        raise typer.Exit(1)
    seen = look_at(layout, note)
    ports = note.ports
    rows = {
        "version": seen.version,
        "up since": f"{seen.up_since.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M:%S} {settings.timezone}",
        "process": note.pid,
        "channels": seen.channels,
        "SIP": f"{ports.sip_bind}, UDP and TCP",
        "RTP": f"UDP {ports.rtp_start} to {ports.rtp_end}",
        "ARI": f"127.0.0.1:{ports.http}",
        "prompts": note.prompts,
        "recordings": layout.recordings,
        "log": layout.log / "messages.log",
    }
    for name, value in rows.items():
        print(f"{name:<11}{value}")
