"""Explicit rules: words that a person can name, with the reason and where it comes from.

Three tables hold them, beside this file: `signs.tsv` (families of words that speak for one category), `concepts.tsv`
(families of words for one thing, whatever is said of it: appliances, money, staff) and `dangers.tsv` (words that make a
call urgent at once, see `triage.danger`). What signs and concepts weigh is learnt together with the n-grams.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from triage.errors import TableInvalid
from triage.folding import Folded

_HERE = Path(__file__).parent
_COLUMNS = ["id", "words", "reason", "source"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that mean something for the verdict wherever they stand."""

    id: str
    """Stable name, e.g. `billing:refund`; its first part is the category that the words were gathered for,
    `about` for a concept, `danger` for a danger, `hazard` for what tells of one."""
    words: re.Pattern[str]
    """Searched in the folded text; its `.` never matches across a pause."""
    reason: str
    """Why these words count, short enough for a person to check."""
    source: str
    """Where the words and their meaning come from."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule's words stand; empty when the rule looks at the text as a whole."""

    rule: Rule
    start: int
    """Offset in the folded text."""
    end: int
    """Offset after the last character, in the folded text."""


def load_rules(path: Path) -> tuple[Rule, ...]:
    """Read a table of rules: a heading, then id, words (a regular expression), reason, source, parted by tabs.

    Raises TableInvalid when a line has not four fields, its words are no regular expression, or its id is there twice.
    """
    heading, *lines = path.read_text(encoding="utf-8").splitlines()
    rules: dict[str, Rule] = {}
    for number, line in enumerate(lines, start=2):
        fields = line.split("\t")
        if heading.split("\t") != _COLUMNS or len(fields) != len(_COLUMNS) or not all(fields) or fields[0] in rules:
            raise TableInvalid(f"{path.name}, line {number}: give a new id, words, reason and source, parted by tabs")
        name, words, reason, source = fields
        try:
            rules[name] = Rule(name, re.compile(words), reason, source)
        except re.error as error:
            raise TableInvalid(f"{path.name}, line {number}: mend the regular expression: {error}") from error
    return tuple(rules.values())


def shipped_signs() -> tuple[Rule, ...]:
    """The families of words that speak for one category."""
    return load_rules(_HERE / "signs.tsv")


def shipped_concepts() -> tuple[Rule, ...]:
    """The families of words for things that callers of any category speak of."""
    return load_rules(_HERE / "concepts.tsv")


def shipped_dangers() -> tuple[Rule, ...]:
    """The words that make a call urgent."""
    return load_rules(_HERE / "dangers.tsv")


def shipped_hazards() -> tuple[Rule, ...]:
    """The families of words that tell of a danger, or of its being over, elsewhere or only feared."""
    return load_rules(_HERE / "hazards.tsv")


def find(rules: tuple[Rule, ...], folded: Folded) -> Iterator[Hit]:
    """Every place where one of the rules speaks, rule by rule."""
    for rule in rules:
        for match in rule.words.finditer(folded.text):
            yield Hit(rule, match.start(), match.end())
