"""`lianxin evaluate`: how well the hotline hears and understands, on sets whose words are known."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table


def evaluate(
    audio: Annotated[
        Path | None, typer.Option(help="A folder of your own recordings instead of the trial set.")
    ] = None,
    references: Annotated[
        Path | None, typer.Option(help="What is said in them: a table with the columns file and text, parted by tabs.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="An installed model or a folder; asr.model when not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as one JSON object.")] = False,
) -> None:
    """Measure character errors on the line as it is and on worse ones, how often the category is right, and masking.

    Takes about a minute. Every set is named with its origin.

    Example: lianxin evaluate --audio calls/ --references calls.tsv
    """
    import os

    from lianxin.compose import load_engine
    from lianxin.evaluation.report import evaluated
    from lianxin.evaluation.spoken import chosen_set
    from lianxin.settings import Settings

    settings = Settings()
    spoken = chosen_set(audio, references)
    engine = load_engine(settings, model)
    threads = settings.worker.threads or os.cpu_count() or 1
    report = evaluated(spoken, engine, threads, lambda line: typer.echo(line, err=True))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)


def _print(report: dict[str, Any]) -> None:
    from rich.console import Console

    console = Console()
    trial = " (for TRIAL only: it hears real people poorly)" if report["trial"] else ""
    console.print(f"model: {report['model']}{trial}", highlight=False)
    for each in report["sets"]:
        ours = "written by the project" if each["written_by_the_project"] else "not the project's"
        console.print(f"set: {each['name']}, {ours}: {each['origin']}", highlight=False, soft_wrap=True)
    console.print(_errors(report))
    if heard := report["spoken_category"]:
        console.print(
            f"category right after hearing: {_shown(heard['heard'])}; of the same as written: "
            f"{_shown(heard['as_written'])}",
            highlight=False,
        )
    console.print(_classes(report["category"]))
    console.print(_hard_cases(report["hard_cases"]))
    console.print(_facts(report["facts"]))
    for name, kinds in report["redaction"].items():
        console.print(_kinds(name, kinds))


def _errors(report: dict[str, Any]) -> "Table":
    from rich.table import Table

    table = Table("heard through", "wrong characters (CER)")
    for name, rate in report["cer"].items():
        table.add_row(name.replace("_", " "), f"{rate:.1%}")
    for voice, rate in report["cer_by_voice"].items():
        table.add_row(f"  voice {voice}", f"{rate:.1%}")
    return table


def _classes(category: dict[str, Any]) -> "Table":
    from rich.table import Table

    table = Table("category", "sentences", "precision", "recall", caption="in brackets: 95 % interval (Wilson)")
    for name, score in category["classes"].items():
        table.add_row(name, str(score["sentences"]), _shown(score["precision"]), _shown(score["recall"]))
    table.add_row("all", str(category["accuracy"]["of"]), "", _shown(category["accuracy"]))
    return table


def _hard_cases(groups: dict[str, Any]) -> "Table":
    from rich.table import Table

    table = Table("easily taken for another", "sentences", "right")
    for name, share in groups.items():
        table.add_row(name, str(share["of"]), _shown(share))
    return table


def _facts(kinds: dict[str, Any]) -> "Table":
    from rich.table import Table

    table = Table("fact", "told", "precision", "recall")
    for name, score in kinds.items():
        table.add_row(name, str(score["recall"]["of"]), _shown(score["precision"]), _shown(score["recall"]))
    return table


def _kinds(name: str, kinds: dict[str, Any]) -> "Table":
    from rich.table import Table

    table = Table("personal data", "pieces", "masked", "false alarms", title=name)
    for kind, score in kinds.items():
        table.add_row(kind, str(score["recall"]["of"]), _shown(score["recall"]), str(score["false_alarms"]))
    return table


def _shown(share: dict[str, Any]) -> str:
    if share["value"] is None:
        return "–"
    return f"{share['value']:.1%} ({share['low']:.1%}–{share['high']:.1%})"
