"""`lianxin bench …`: how fast the hotline is, beside something else that does the same."""

import json
from pathlib import Path
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


@app.command()
def console(
    calls: Annotated[int, typer.Option(min=100, max=10_000_000, help="Calls in the archive that is made.")] = 100_000,
    seconds: Annotated[float, typer.Option(min=5, help="For how long pages are asked for.")] = 60.0,
    grow: Annotated[bool, typer.Option("--grow", help="Measure 1000, 10 000 and 100 000 calls before.")] = False,
    keep: Annotated[Path | None, typer.Option(help="A folder where made archives stay, to be used again.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read the console with 8 readers while 5 calls a second arrive, in an archive of many calls; datasette beside it.

    A million calls take some 8 GB and, on one core, about 20 minutes to make.

    Example: lianxin bench console --calls 1000000 --json
    """
    from lianxin.bench.console import measure

    _end(measure(calls, seconds, grow, _say, keep), as_json)


@app.command()
def events(as_json: AsJson = False) -> None:
    """Read the same events with our own client and with ari-client, and hold one flow up to see who else waits.

    Example: lianxin bench events
    """
    from lianxin.bench.events import measure
    from lianxin.bench.stopping import run

    _end(run(measure(_say)), as_json)


@app.command()
def asr(
    audio: Annotated[Path | None, typer.Option(help="A folder of recordings instead of the trial set.")] = None,
    references: Annotated[Path | None, typer.Option(help="Table of what is said in them: file, tab, text.")] = None,
    model: Annotated[str | None, typer.Option(help="An installed model or a folder; asr.model when not given.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=20, help="How often each is measured; the best counts.")] = 3,
    as_json: AsJson = False,
) -> None:
    """Hear telephone legs with one thread and with two, and with vosk-transcriber: speed, memory, errors.

    Example: lianxin bench asr --json
    """
    from asr.models import resolve_model
    from lianxin.bench.asr import measure
    from lianxin.compose import load_engine, var_of
    from lianxin.evaluation.spoken import chosen_set
    from lianxin.settings import Settings

    settings = Settings()
    spoken = chosen_set(audio, references)
    folder = resolve_model(settings.asr.model if model is None else model, var_of(settings) / "models")
    _end(measure(spoken, load_engine(settings, model), folder.absolute(), _say, rounds), as_json)


@app.command()
def triage(as_json: AsJson = False) -> None:
    """Understand and mask the project's sentences, and one text of 26 000 characters: processor time on one core.

    Example: lianxin bench triage --json
    """
    from lianxin.bench.understanding import measure

    _end(measure(_say), as_json)


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _end(measured: object, as_json: bool) -> None:
    typer.echo(json.dumps(measured, ensure_ascii=False, indent=None if as_json else 2))
