"""`lianxin rules`: check the rules for politeness, list them, try them on written dialogues."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from quality.dialogue import Dialogue
    from quality.trial import Trial

app = typer.Typer(help="The rules that calls are held against: check, list, try on dialogues.", no_args_is_help=True)

Files = Annotated[
    list[Path] | None, typer.Argument(metavar="[FILE]…", help="Files of rules; those in use when not given.")
]


@app.command("check")
def check_rules(files: Files = None) -> None:
    """Check rules before calls are held against them. A mistake is named with its file and rule: exit code 2.

    Example: lianxin rules check my-rules.toml
    """
    from lianxin.quality_rules import load_rules
    from lianxin.settings import Settings

    book = load_rules(Settings(), files or ())
    phrases = sum(len(rule.phrases) for rule in book.rules)
    fatal = sum(rule.fatal for rule in book.rules)
    typer.echo(f"{len(book.rules)} rules are right: {phrases} phrases, {fatal} rules fatal.")


@app.command("list")
def list_rules(files: Files = None) -> None:
    """List the rules: kind, channel, item of the sheet, points, and which of the five 一点.

    Example: lianxin rules list
    """
    from rich.console import Console
    from rich.table import Table

    from lianxin.quality_rules import load_rules
    from lianxin.settings import Settings

    book = load_rules(Settings(), files or ())
    table = Table("rule", "规则", "kind", "channel", "item", "points", "一点", box=None, pad_edge=False)
    for rule in book.rules:
        points = "fatal" if rule.fatal else str(rule.points)
        table.add_row(rule.id, rule.zh, rule.kind, rule.channel, rule.item, points, rule.little)
    Console(highlight=False, width=None if Console().is_terminal else 140).print(table)


@app.command("try")
def try_rules(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER]…", help="Folders of dialogues; ours when not given.")
    ] = None,
) -> None:
    """Hold the rules against written dialogues: planted faults found and missed, and false alarms.

    Exit code 1 when a planted fault was missed.

    Example: lianxin rules try
    """
    from lianxin.quality_rules import EXAMPLES, load_rules
    from lianxin.settings import Settings
    from quality.judging import judge
    from quality.trial import compare

    book = load_rules(Settings())
    missed = 0
    for folder in folders or sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        trials = []
        for dialogue in _dialogues(folder):
            judged = judge(book, dialogue.turns, hung_up_by=dialogue.hung_up_by)
            trials.append(compare(dialogue, judged.findings))
        _print(folder.name, trials)
        missed += sum(len(trial.missed) for trial in trials)
    if missed:
        raise typer.Exit(1)


def _dialogues(folder: Path) -> "list[Dialogue]":
    from quality.dialogue import Dialogue
    from quality.errors import DialogueInvalid

    files = sorted(folder.glob("*.txt"))
    if not files:
        raise DialogueInvalid(f"{folder}: there are no dialogues (*.txt); give another folder")
    try:
        return [Dialogue.parse(file.read_text("utf-8"), file.name) for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise DialogueInvalid(f"{folder}: a dialogue cannot be read ({error}); save it as UTF-8") from error


def _print(name: str, trials: "list[Trial]") -> None:
    for trial in trials:
        for fault in trial.missed:
            typer.echo(f"missed       {trial.dialogue.title}: {fault.rule} at {fault.start:.1f} s")
        for alarm in trial.false_alarms:
            typer.echo(f"false alarm  {trial.dialogue.title}: {alarm.rule} at {alarm.start:.1f} s: {alarm.words}")
    found, missed = (
        sum(len(rows) for rows in every) for every in zip(*((t.found, t.missed) for t in trials), strict=True)
    )
    alarms = sum(len(trial.false_alarms) for trial in trials)
    typer.echo(
        f"{name}: {len(trials)} dialogues, {found} of {found + missed} planted faults found, {alarms} false alarms"
    )
