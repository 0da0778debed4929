"""The labels that the classifier in use has learnt from, kept in the var folder, and those before them."""

import json
from collections.abc import Sequence
from pathlib import Path

from triage.errors import LabelsUnusable
from triage.learning import Label
from triage.verdict import Category

IN_USE = "labels.jsonl"
BEFORE = "labels.before.jsonl"
CARD = "card.md"


def read_labels(file: Path) -> list[Label]:
    """The labels of a file of JSON lines {"text", "category", "by"}; `by` may be missing.

    Raises LabelsUnusable for a file or a line that cannot be used: half a file of labels is worse than none.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LabelsUnusable(f"{file}: not UTF-8 at byte {error.start + 1}; save it as UTF-8") from error
    except OSError as error:
        raise LabelsUnusable(f"{file}: {error.strerror}; give a readable file of labels") from error
    return [_label(file, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def labels_in_use(folder: Path) -> list[Label]:
    """What was learnt last; nothing when nothing was. Raises LabelsUnusable."""
    kept = folder / IN_USE
    return read_labels(kept) if kept.exists() else []


def adopt(folder: Path, labels: Sequence[Label], card: str) -> None:
    """Put labels in the place of those in use, which are kept for `restore`. Each step is whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    kept, before = folder / IN_USE, folder / BEFORE
    _write(before, kept.read_text(encoding="utf-8") if kept.exists() else "")
    _write(folder / CARD, card)
    _write(kept, "".join(f"{_line(label)}\n" for label in labels))


def restore(folder: Path) -> int:
    """Put the labels before the last lesson back, and those of the lesson in their place; how many hold now.

    Raises LabelsUnusable when there are none before.
    """
    kept, before = folder / IN_USE, folder / BEFORE
    if not before.exists():
        raise LabelsUnusable(f"{before}: nothing was learnt yet, so there is nothing to put back")
    old = read_labels(before)
    now = kept.read_text(encoding="utf-8") if kept.exists() else ""
    _write(kept, before.read_text(encoding="utf-8"))
    _write(before, now)
    return len(old)


def _write(file: Path, text: str) -> None:
    new = file.with_name(f"{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def _line(label: Label) -> str:
    return json.dumps(
        {"text": label.text, "category": label.category, "by": label.by, "weight": label.weight}, ensure_ascii=False
    )


def _weight(given: object) -> float:
    return float(given) if isinstance(given, int | float) and 0 < given <= 1 else 1.0


def _label(file: Path, number: int, line: str) -> Label:
    mend = 'write {"text": "…", "category": "repair", "by": "…"} on one line'
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LabelsUnusable(f"{file}, line {number}: not JSON; {mend}") from error
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise LabelsUnusable(f'{file}, line {number}: no "text"; {mend}')
    if value.get("category") not in set(Category):
        raise LabelsUnusable(f"{file}, line {number}: no such category; use one of {', '.join(Category)}")
    return Label(value["text"], Category(value["category"]), str(value.get("by", "")), _weight(value.get("weight")))
