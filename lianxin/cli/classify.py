"""`lianxin classify`: what texts are about, and how well that is told."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.json_lines import BAD_LINES, for_each_text, json_line, open_lines

if TYPE_CHECKING:
    from triage.verdict import Verdict


def classify(
    file: Annotated[str, typer.Argument(help='File of JSON lines {"id", "text"}; - for standard input.')] = "-",
    evaluate: Annotated[bool, typer.Option("--evaluate", help="Report how well unseen sentences are told.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --evaluate: the report as JSON.")] = False,
) -> None:
    """Tell what texts are about: one JSON line out for each JSON line in, in the same order.

    A line in has "text" and any "id", which comes back unchanged; a line out has id, category, second, confidence,
    urgency and evidence. A line that cannot be used is named on standard error, the others are still classified, and
    the exit code is 2.

    Example: lianxin classify calls.jsonl
    """
    if evaluate or as_json:
        if file != "-" or not evaluate:
            raise typer.BadParameter("use --json only with --evaluate, and --evaluate without a file")
        from lianxin.cli.evaluation_report import print_report

        print_report(as_json)
        return
    with open_lines(file) as lines:
        bad = _classify_lines(lines)
    if bad:
        raise typer.Exit(BAD_LINES)


def _classify_lines(lines: Iterable[bytes]) -> int:
    """Classify line by line as they come, and give the number of lines that could not be used."""
    from triage.classifier import Classifier

    classifier = Classifier.trained()
    return for_each_text(lines, lambda name, text: _written(name, classifier.classify(text)))


def _written(name: object, verdict: "Verdict") -> bytes:
    record: dict[str, Any] = {
        "id": name,
        "category": verdict.category,
        "second": verdict.second,
        "confidence": verdict.confidence,
        "urgency": verdict.urgency,
        "evidence": [{"text": each.text, "start": each.start, "end": each.end} for each in verdict.evidence],
    }
    return json_line(record)
