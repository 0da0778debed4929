"""Sentences where one matter is easily taken for another, in groups: what a report is made from, never fitted on.

`hard_cases.tsv` was written for the project before the classifier had been run on any of it, and the training sentences
about the same matters after it, without looking at which of these had been missed.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from triage.classifier import Classifier
from triage.errors import TableInvalid
from triage.verdict import Category

TABLE = Path(__file__).parent / "hard_cases.tsv"
_HEADING = "group\tcategory\ttext"


@dataclass(frozen=True, slots=True)
class HardCase:
    """One sentence."""

    group: str
    """What makes it hard: denied, chase or complaint, landlord, other utilities, wish as a question."""
    category: Category
    text: str


def load_hard_cases(table: Path = TABLE) -> tuple[HardCase, ...]:
    """Read the table. Raises TableInvalid."""
    heading, *lines = table.read_text(encoding="utf-8").splitlines()
    cases = []
    for number, line in enumerate(lines, start=2):
        try:
            group, category, text = line.split("\t")
            cases.append(HardCase(group, Category(category), text))
        except ValueError as error:
            mend = "give group, category and text, parted by tabs"
            raise TableInvalid(f"{table.name}, line {number}: {mend}") from error
    if heading != _HEADING:
        raise TableInvalid(f"{table.name}, line 1: the heading must be group, category, text, parted by tabs")
    return tuple(cases)


def right_by_group(classifier: Classifier) -> dict[str, tuple[int, int]]:
    """For each group how many got their category, and of how many."""
    cases = load_hard_cases()
    right = Counter(case.group for case in cases if classifier.classify(case.text).category is case.category)
    return {group: (right[group], count) for group, count in Counter(case.group for case in cases).items()}
