"""`lianxin redact`: texts without the personal data in them, and how well that works."""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.json_lines import BAD_LINES, for_each_text, json_line, open_lines

if TYPE_CHECKING:
    from triage.privacy.evaluation import Score
    from triage.privacy.finding import Kind


def redact(
    file: Annotated[str, typer.Argument(help='File of JSON lines {"id", "text"}; - for standard input.')] = "-",
    evaluate: Annotated[bool, typer.Option("--evaluate", help="Report recall and false alarms of each kind.")] = False,
    archive: Annotated[
        bool,
        typer.Option("--archive", help="Mask words, seal sound that lie open in the archive; can be stopped."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --evaluate: the report as JSON.")] = False,
) -> None:
    """Mask personal data in texts: one JSON line out for each JSON line in, in the same order.

    A line out has id, text (each piece replaced by its label, as 〔手机〕) and found: kind, start and end of each,
    counted in characters of the text that came in. A line that cannot be used is named on standard error, the others
    are still masked, and the exit code is 2.

    Example: lianxin redact calls.jsonl
    """
    if archive:
        if file != "-" or evaluate or as_json:
            raise typer.BadParameter("use --archive alone")
        _mask_archive()
        return
    if evaluate or as_json:
        if file != "-" or not evaluate:
            raise typer.BadParameter("use --json only with --evaluate, and --evaluate without a file")
        _report(as_json)
        return
    with open_lines(file) as lines:
        bad = for_each_text(lines, _redacted)
    if bad:
        raise typer.Exit(BAD_LINES)


def _mask_archive() -> None:
    from lianxin.cli.progress import bar
    from lianxin.compose import load_seal, open_archive
    from lianxin.errors import SettingsInvalid
    from lianxin.settings import Settings
    from recordings.originals import count_unmasked
    from recordings.sound_sealing import count_lying_open
    from worker.masking_archive import mask_archive
    from worker.sealing import seal_archive
    from worker.tools import now

    settings = Settings()
    opened = open_archive(settings, create=False)
    seal = load_seal(settings)
    if seal is None:
        raise SettingsInvalid("privacy.mask is false; set it to true, or the next call lies open again")
    with opened.reading() as s:
        count = count_unmasked(s)
    with bar() as progress:
        task = progress.add_task("Masking transcripts", total=count)
        done = mask_archive(opened, seal, lambda some: progress.advance(task, some))
    if done:
        opened.rewrite()  # Pages that SQLite gave up still hold the words.
    with opened.reading() as s:
        count = count_lying_open(s)
    with bar() as progress:
        task = progress.add_task("Sealing sound", total=count)
        sealed, problems = seal_archive(opened, seal, now, lambda some: progress.advance(task, some))
    with opened.reading() as s:
        left = count_lying_open(s)
    opened.close()
    print(f"{done} transcripts are masked; their originals are kept encrypted.")
    print(f"The sound of masked words is sealed in {sealed} more recordings.")
    for problem in problems:
        print(f"lianxin: {problem}", file=sys.stderr)
    if left > len(problems):
        print(f"{left - len(problems)} recordings are of calls in hand; the workers seal them, or run this again.")
    if problems:
        raise typer.Exit(1)


def _redacted(name: object, text: str) -> bytes:
    from triage.privacy.masking import redact as mask

    result = mask(text)
    found = [{"kind": each.kind, "start": each.start, "end": each.end} for each in result.found]
    return json_line({"id": name, "text": result.text, "found": found})


def _report(as_json: bool) -> None:
    from triage.privacy.evaluation import BLIND, SENTENCES, evaluate

    sets = {
        "blind": ("read only when the rules were done", evaluate(BLIND)),
        "marked": ("by which the rules were mended", evaluate(SENTENCES)),
    }
    if as_json:
        rows = {
            name: {
                kind: {
                    "said": score.said,
                    "masked": score.masked,
                    "named": score.named,
                    "recall": score.recall,
                    "false_alarms": score.false_alarms,
                }
                for kind, score in scores.items()
            }
            for name, (_, scores) in sets.items()
        }
        print(json.dumps(rows, indent=2))
        return
    for origin, scores in sets.values():
        _print_table(f"Personal data in sentences written by hand for this project, {origin}", scores)


def _print_table(title: str, scores: "Mapping[Kind, Score]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("kind", title=title)
    for heading in ("said", "masked", "own label", "recall", "false alarms"):
        table.add_column(heading, justify="right")
    for kind, score in scores.items():
        recall = "–" if score.recall is None else f"{score.recall:.1%}"
        table.add_row(kind, str(score.said), str(score.masked), str(score.named), recall, str(score.false_alarms))
    Console().print(table)
