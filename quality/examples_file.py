"""Reading example sentences: one a line, `rude` or `kind`, a tab, the sentence."""

from pathlib import Path

from quality.errors import RulesInvalid
from quality.likeness import Example

LABELS = {"rude": True, "kind": False}
FEWEST = 10
"""Examples of either sort below which nothing can be learnt."""


def read_examples(file: Path, where: str) -> tuple[Example, ...]:
    """Read them; `where` is said in errors. Raises RulesInvalid with the line that cannot be read."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RulesInvalid(
            f"{where}: examples {file.name} cannot be read ({error}); save it as UTF-8 beside"
        ) from error
    found: list[Example] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        label, _, sentence = line.partition("\t")
        if label not in LABELS or not sentence.strip():
            raise RulesInvalid(f"{file}, line {number}: write rude or kind, a tab, and a sentence")
        found.append((LABELS[label], sentence.strip()))
    if min(sum(rude for rude, _ in found), sum(not rude for rude, _ in found)) < FEWEST:
        raise RulesInvalid(f"{file}: fewer than {FEWEST} rude or kind sentences; nothing can be learnt from so few")
    return tuple(found)
