"""`lianxin train`: the classifier learns from what people corrected."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from lianxin.settings import Settings
    from triage.learning import Label, Lesson, Sifted

NOT_BETTER = 1
"""Exit code when the new classifier was worse somewhere and the old one stays."""


def train(
    labels: Annotated[
        Path | None,
        typer.Option("--labels", help='Learn from a file of JSON lines {"text", "category", "by"} too.'),
    ] = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="Leave out the labels of this person.")] = None,
    trust: Annotated[
        list[str] | None, typer.Option("--trust", help="Learn from this person though many plain cases are denied.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    restore: Annotated[bool, typer.Option("--restore", help="Put back what held before the last lesson.")] = False,
) -> None:
    """Learn from corrections: fit, test on a part kept aside, show what changed, and swap if nothing got worse.

    A correction in the console is a label; personal data is masked before it is kept. The new classifier takes over
    only if it is not worse on repair, billing or complaint. Workers use it when they start again.

    Example: lianxin train --dry-run
    """
    from datetime import UTC

    from lianxin import lessons
    from lianxin.compose import var_of
    from lianxin.settings import Settings
    from triage.learning import cautious, sift, taught

    settings = Settings()
    folder = var_of(settings) / "triage"
    if restore:
        print(f"The classifier before is back: {lessons.restore(folder)} labels. Workers use it when they start again.")
        return
    in_use = lessons.labels_in_use(folder)
    sifted = sift(_gathered(settings, labels, without or []), taught([]), trust or [])
    _say_sifted(sifted)
    if not sifted.kept:
        print("There is nothing to learn from yet: correct some calls in the console, then run this again.")
        return
    lesson = cautious(sifted.kept, in_use)
    _show(lesson)
    if lesson.worse:
        print(f"Worse on {', '.join(lesson.worse)}: the classifier in use stays.")
        raise typer.Exit(NOT_BETTER)
    if dry_run:
        print("Not worse on any of the three main categories; without --dry-run it takes over.")
        return
    lessons.adopt(folder, lesson.labels, _card(lesson, sifted, datetime.now(UTC)))
    print(f"It takes over when the workers start again. Card: {folder / lessons.CARD}. Back: lianxin train --restore")


def _gathered(settings: "Settings", file: Path | None, without: list[str]) -> "list[Label]":
    """The labels of the archive, if there is one, and of the file, masked."""
    from lianxin.compose import open_archive
    from lianxin.lessons import read_labels
    from recordings.errors import DatabaseMissing
    from recordings.labels import labelled_calls
    from triage.learning import Label
    from triage.privacy.masking import redact
    from triage.verdict import Category

    gathered = read_labels(file) if file else []
    try:
        archive = open_archive(settings, create=False)
    except DatabaseMissing:
        if file is None:
            raise
    else:
        with archive.reading() as s:
            gathered += [
                Label(call.text, Category(call.category), call.by)
                for call in labelled_calls(s)
                if call.category in set(Category)
            ]
        archive.close()
    return [Label(redact(each.text).text, each.category, each.by) for each in gathered if each.by not in without]


def _say_sifted(sifted: "Sifted") -> None:
    left_out = ", ".join(f"{count} {reason}" for reason, count in sorted(sifted.left_out.items()))
    print(f"{len(sifted.kept)} labels" + (f"; left out: {left_out}" if left_out else ""))


def _show(lesson: "Lesson") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("category", title=f"On {lesson.after.sentences} sentences that neither was fitted on")
    for heading in ("sentences", "precision before", "after", "recall before", "after"):
        table.add_column(heading, justify="right")
    for category, after in lesson.after.scores.items():
        before = lesson.before.scores[category]
        shares = (before.precision, after.precision, before.recall, after.recall)
        table.add_row(str(category), str(after.sentences), *("–" if x is None else f"{x:.1%}" for x in shares))
    Console().print(table)
    print(f"Right: {lesson.before.right} before, {lesson.after.right} after.")


def _card(lesson: "Lesson", sifted: "Sifted", at: datetime) -> str:
    """What the classifier in use was made from, for whoever asks later."""
    from collections import Counter

    by = Counter(label.by or "(file)" for label in lesson.labels)
    lines = [
        "# The classifier in use",
        "",
        f"Learnt at {at:%Y-%m-%d %H:%M} UTC from the shipped sentences ({lesson.after.trained_on - lesson.fitted}) and",
        f"{lesson.fitted} labels by people, each counting {lesson.labels[0].weight:g}; {lesson.tested} more were kept",
        "aside to test with. Personal data was masked first.",
        f"Labels by person: {', '.join(f'{name} {count}' for name, count in by.most_common())}.",
        f"Left out: {', '.join(f'{count} {why}' for why, count in sifted.left_out.items()) or 'none'}.",
        "",
        f"On {lesson.after.sentences} sentences that it was not fitted on {lesson.after.right} are right;",
        f"{lesson.before.right} by the classifier before it.",
        "",
        "| category | precision | recall |",
        "|---|---|---|",
        *(
            f"| {category} | {score.precision or 0:.3f} | {score.recall or 0:.3f} |"
            for category, score in lesson.after.scores.items()
        ),
    ]
    return "\n".join(lines) + "\n"
