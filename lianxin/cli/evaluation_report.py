"""The report of `lianxin classify --evaluate`, as tables or as JSON."""

import json

from rich.console import Console
from rich.table import Table

from triage.classifier import Classifier
from triage.evaluation import MAIN, Report, Score, evaluate, evaluate_urgency
from triage.verdict import Category

_NAMES = {
    Category.REPAIR: "故障报修",
    Category.BILLING: "电费电价",
    Category.COMPLAINT: "投诉",
    Category.INQUIRY: "咨询查询",
    Category.SERVICE: "业务办理",
    Category.REPORT: "举报",
    Category.SUGGESTION: "意见建议",
    Category.PRAISE: "表扬",
    Category.CHASE: "催办",
    Category.OTHER: "其他",
}


def print_report(as_json: bool) -> None:
    """Evaluate the shipped classifier on its unseen sentences and print the report."""
    classifier = Classifier.trained()
    report, urgency = evaluate(classifier), evaluate_urgency(classifier)
    console = Console()
    if as_json:
        print(json.dumps(_as_json(report) | {"urgency": _score(urgency)}, ensure_ascii=False, indent=2))
        return
    console.print(_scores(report))
    console.print(_confusion(report))
    console.print(_confidence(report))
    console.print(
        f"Trained on {report.trained_on} sentences, tested on {report.sentences} that it never saw: "
        f"{report.right} right, accuracy {_percent(report.accuracy)}."
    )
    console.print(
        f"Mixed sentences: {report.mixed}, both categories named in {report.mixed_found}; "
        f"a second category was named {report.seconds_named} times in all."
    )
    console.print(
        f"Urgency, on sentences of its own: {urgency.right} of {urgency.sentences} dangers found "
        f"({_percent(urgency.recall)}), {urgency.named} called urgent (precision {_percent(urgency.precision)})."
    )


def _scores(report: Report) -> Table:
    table = Table("category", title="What unseen sentences are taken for")
    for heading in ("sentences", "named", "right", "precision", "recall"):
        table.add_column(heading, justify="right")
    for category, score in report.scores.items():
        counts = (str(score.sentences), str(score.named), str(score.right))
        table.add_row(
            f"{category} {_NAMES[category]}", *counts, _percent(score.precision), _percent(score.recall),
            style="bold" if category in MAIN else None,
        )  # fmt: skip
    return table


def _confusion(report: Report) -> Table:
    table = Table("true category", title="The main three: who is taken for whom")
    for category in MAIN:
        table.add_column(f"as {category}", justify="right")
    table.add_column("as others", justify="right")
    for true in MAIN:
        inside = [report.confusion.get((true, named), 0) for named in MAIN]
        table.add_row(str(true), *map(str, inside), str(report.scores[true].sentences - sum(inside)))
    return table


def _confidence(report: Report) -> Table:
    table = Table("confidence", title="What confidence is worth")
    for heading in ("sentences", "right"):
        table.add_column(heading, justify="right")
    for band in report.bands:
        share = band.right / band.sentences if band.sentences else None
        table.add_row(f"{band.low:.1f} to {band.high:.1f}", str(band.sentences), _percent(share))
    return table


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _as_json(report: Report) -> dict[str, object]:
    return {
        "trained_on": report.trained_on,
        "sentences": report.sentences,
        "right": report.right,
        "accuracy": round(report.accuracy, 4),
        "categories": {category: _score(score) for category, score in report.scores.items()},
        "confusion": {true: {named: report.confusion.get((true, named), 0) for named in Category} for true in Category},
        "confidence": [
            {"low": band.low, "high": band.high, "sentences": band.sentences, "right": band.right}
            for band in report.bands
        ],
        "mixed": {"sentences": report.mixed, "both_named": report.mixed_found, "named": report.seconds_named},
    }


def _score(score: Score) -> dict[str, object]:
    return {
        "sentences": score.sentences,
        "named": score.named,
        "right": score.right,
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
