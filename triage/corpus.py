"""The shipped training sentences: written by hand for this project, none taken from a real call."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from triage.errors import TableInvalid
from triage.verdict import Category, Urgency

SENTENCES = Path(__file__).parent / "sentences"
"""Folder of one table a category."""

ALARM_SENTENCES = Path(__file__).parent / "urgent.tsv"
"""Table of the sentences whose urgency was judged."""

_COLUMNS = "category\tsecond\ttext\tsplit"

Split = Literal["train", "unseen"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled text."""

    category: Category
    second: Category | None
    """A further category, where the caller mixes two matters."""
    text: str
    split: Split
    """`unseen` sentences are never fitted on; they are what a report is made from."""
    weight: float = 1.0
    """How much it counts while fitting."""


@dataclass(frozen=True, slots=True)
class AlarmSentence:
    """One text whose urgency a person judged."""

    urgency: Urgency
    text: str
    split: Split


def load_alarm_sentences(table: Path = ALARM_SENTENCES) -> tuple[AlarmSentence, ...]:
    """Read the sentences by which the alarm is learnt and tested.

    Raises TableInvalid when a line has not the three fields urgency, text, split.
    """
    heading, *lines = table.read_text(encoding="utf-8").splitlines()
    if heading != "urgency\ttext\tsplit":
        raise TableInvalid(f"{table.name}, line 1: the heading must be urgency, text, split, parted by tabs")
    return tuple(_alarm_sentence(table.name, number, line) for number, line in enumerate(lines, start=2))


def _alarm_sentence(table: str, number: int, line: str) -> AlarmSentence:
    try:
        urgency, text, split = line.split("\t")
        if split not in ("train", "unseen") or not text:
            raise ValueError(split)
        return AlarmSentence(Urgency(urgency), text, cast(Split, split))
    except ValueError as error:
        mend = "give urgent or normal, text, and train or unseen, parted by tabs"
        raise TableInvalid(f"{table}, line {number}: {mend}") from error


def load_sentences(folder: Path = SENTENCES) -> tuple[Sentence, ...]:
    """Read every table of the folder, in order of its name.

    Raises TableInvalid when there is no table, or a line has not the four fields category, second, text, split.
    """
    tables = sorted(folder.glob("*.tsv"))
    if not tables:
        raise TableInvalid(f"{folder}: no training sentences; install the package again")
    return tuple(sentence for table in tables for sentence in _read(table))


def _read(table: Path) -> list[Sentence]:
    heading, *lines = table.read_text(encoding="utf-8").splitlines()
    if heading != _COLUMNS:
        raise TableInvalid(f"{table.name}, line 1: the heading must be category, second, text, split, parted by tabs")
    return [_sentence(table.name, number, line) for number, line in enumerate(lines, start=2)]


def _sentence(table: str, number: int, line: str) -> Sentence:
    try:
        category, second, text, split = line.split("\t")
        if split not in ("train", "unseen") or not text:
            raise ValueError(split)
        return Sentence(Category(category), Category(second) if second else None, text, cast(Split, split))
    except ValueError as error:
        mend = "give category, second or nothing, text, and train or unseen, parted by tabs"
        raise TableInvalid(f"{table}, line {number}: {mend}") from error
