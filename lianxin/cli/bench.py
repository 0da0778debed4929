"""`lianxin bench …`: how fast the hotline is, beside something else that does the same."""

import json
from typing import Annotated

import typer

app = typer.Typer(help="Measure how fast the hotline is; takes minutes, on loopback alone.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="End with one line of JSON, for a program to read.")]


@app.callback()
def _bench() -> None:
    """Measure how fast the hotline is."""


@app.command()
def ivr(
    calls: Annotated[int, typer.Option(min=1, max=1000, help="Callers who are on the line at once.")] = 150,
    up_to: Annotated[int, typer.Option(min=0, help="Highest step that is tried; twice --calls when 0.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Put callers on a hotline of its own, and on the same Asterisk's dialplan: menu, barge-in, recording.

    Example: lianxin bench ivr --calls 100
    """
    from lianxin.bench.ivr import measure
    from lianxin.bench.stopping import run
    from lianxin.settings import Settings

    measured = run(measure(Settings(), calls, max(calls, up_to or 2 * calls), _say))
    _end(measured, as_json)


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _end(measured: object, as_json: bool) -> None:
    typer.echo(json.dumps(measured, ensure_ascii=False, indent=None if as_json else 2))
