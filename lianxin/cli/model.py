"""`lianxin model`: which speech models there are, and installing one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from asr.downloading import Progress
    from asr.model_folder import ModelFolder

app = typer.Typer(help="Speech models: list them, install one.", no_args_is_help=True)


@app.command("list")
def list_models() -> None:
    """Show the embedded, the installed and the official models, and which one the settings use.

    Example: lianxin model list
    """
    from asr.errors import AsrError, ModelUnusable
    from asr.model_folder import look_into
    from asr.models import KNOWN_MODELS, TRIAL_MODEL, installed_models, resolve_model
    from lianxin.engines import at_once, later, said_in_console
    from lianxin.settings import Settings

    settings = Settings()
    folder = settings.var.expanduser() / "models"
    wrong, used = list[str](), set[Path]()
    said = said_in_console(settings)
    for name in dict.fromkeys((*at_once(settings, said).models, *later(settings, said).models)):
        try:
            used.add(resolve_model(name, folder).resolve())
        except AsrError as error:
            wrong.append(str(error))
    rows = [_row(look_into(TRIAL_MODEL), used, "embedded, for TRIAL only: it hears real people poorly")]
    seen = {TRIAL_MODEL.resolve()}
    for model in installed_models(folder):
        if isinstance(model, ModelUnusable):
            rows.append(f"! {model}")
        else:
            inner = "" if model.name == model.path.name else f", says of itself: {model.name}"
            rows.append(_row(replace(model, name=model.path.name), used, f"installed{inner}"))
            seen.add(model.path.resolve())
    rows += [_row(look_into(path), used, f"folder {path}") for path in sorted(used - seen)]
    rows += [
        f"  {known.name:<28}{known.size / 1e6:>8.0f} MB  {'':>8}  official, to be installed; {known.about}"
        for known in KNOWN_MODELS
        if not (folder / known.name).is_dir()
    ]
    typer.echo("\n".join(rows))
    typer.echo("\n* in use, as the settings ([asr]) say" + (" and as was chosen in the console" if said else ""))
    for problem in wrong:
        typer.echo(f"! {problem}")
    typer.echo("Install an official one: lianxin model install vosk-model-small-cn-0.22")


@app.command("install")
def install_model(
    what: Annotated[
        str, typer.Argument(metavar="NAME|URL|ZIP|FOLDER", help="Official model, address, ZIP file, or folder.")
    ],
    sha256: Annotated[str, typer.Option(help="Checksum that the ZIP must have.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Install even when nobody knows a checksum.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Replace the model if it is installed already.")] = False,
) -> None:
    """Fetch a model, verify its checksum, try it out and install it; a broken download goes on where it stopped.

    Example: lianxin model install vosk-model-small-cn-0.22
    """
    import sys

    from asr.installing import find_source, install
    from asr.models import installed_models
    from lianxin.settings import Settings

    folder = Settings().var.expanduser() / "models"
    source = find_source(what, sha256)
    if not again and any(getattr(model, "path", None) == folder / source.name for model in installed_models(folder)):
        typer.echo(f"{source.name} is installed already; replace it with --again. {_use(source.name)}")
        return
    if not source.sha256 and not source.is_folder:
        typer.echo(f"Nobody has told the sha-256 of {source.shown}, so what arrives cannot be verified.", err=True)
        if not yes and sys.stdin.isatty():
            yes = typer.confirm("Install it unverified?", err=True)
    with _download_bar(source.name) as progress:
        installed = install(source, folder, unverified=yes, progress=progress)
    if not source.sha256 and not source.is_folder:
        typer.echo(f"Not verified. The sha-256 of what came is {installed.sha256}")
    typer.echo(f"Installed {source.name} in {installed.path}. {_use(source.name)}")


def _row(model: "ModelFolder", used: set[Path], note: str) -> str:
    mark = "*" if model.path.resolve() in used else " "
    size = sum(file.stat().st_size for file in model.path.rglob("*") if file.is_file()) / 1e6
    return f"{mark} {model.name:<28}{size:>8.1f} MB  {model.sample_rate:>5} Hz  {note}"


def _use(name: str) -> str:
    return f'Use it: model = "{name}" under [asr] in lianxin.toml, or LIANXIN_ASR__MODEL={name}.'


@contextmanager
def _download_bar(name: str) -> Iterator["Progress"]:
    """A bar on standard error; it appears with the first byte, so that a ZIP from this machine shows none."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        redirect_stdout=False,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(name, total=None, visible=False)

        def show(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield show
