"""The sentences that measure the model. None of their clauses may be in anything that it learns from."""

import csv
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from tools.trial_model.grammar import Grammar
from triage.corpus import load_alarm_sentences, load_sentences

PROJECT = Path(__file__).parents[2]
TEMPLATES = 200
"""Sentences of hotline.txt that are set aside, as the measure of template-like talk."""
TEMPLATE_LENGTHS = range(10, 27)
"""Their Hanzi. Shorter ones are mostly whole phrases that everybody says (有人触电了), and must be learnt."""
SEED = 20261126
SHORTEST = 5
"""Hanzi of a clause that may not be learnt as a clause: shorter ones (是的, 我要报修) are everybody's."""
INSIDE = 7
"""Hanzi of a clause that may not be learnt as a part of a longer one either."""


def template_sentences() -> list[str]:
    """The templates' sentences that are set aside: no two alike."""
    grammar = Grammar(SEED)
    found: dict[str, None] = {}
    while len(found) < TEMPLATES:
        sentence = grammar.sentence()
        if len(sentence) in TEMPLATE_LENGTHS:
            found[sentence] = None
    return list(found)


class HeldOut:
    """Tells whether a text may be learnt from."""

    def __init__(self) -> None:
        unseen = [each.text for each in load_sentences() if each.split == "unseen"]
        unseen += [each.text for each in load_alarm_sentences() if each.split == "unseen"]
        self._clauses = {clause for text in [*unseen, *_spoken()] for clause in clauses(text)}
        self._sentences = set(template_sentences())
        self._lengths = sorted({len(clause) for clause in self._clauses if len(clause) >= INSIDE})

    def allows(self, text: str) -> bool:
        """False when the text is one of the templates set aside or holds a clause of the other sets."""
        if "".join(clauses(text, 1)) in self._sentences:
            return False
        if not self._clauses.isdisjoint(clauses(text)):
            return False
        return not any(
            clause[at : at + length] in self._clauses
            for clause in clauses(text)
            for length in self._lengths
            for at in range(len(clause) - length + 1)
        )


def clauses(text: str, shortest: int = SHORTEST) -> list[str]:
    """The stretches of Hanzi between signs."""
    return [clause for clause in re.findall(r"[\u4e00-\u9fff]+", text) if len(clause) >= shortest]


def _spoken() -> Iterable[str]:
    """What is said in the trial set, by the callers of the demo, and in the tests' recordings."""
    with (PROJECT / "lianxin" / "evaluation" / "trial_set" / "spoken.tsv").open(encoding="utf-8") as table:
        yield from (row["text"] for row in csv.DictReader(table, delimiter="\t"))
    callers = tomllib.loads((PROJECT / "lianxin" / "demo" / "callers" / "callers.toml").read_text("utf-8"))
    yield from (caller["said"] for caller in callers["callers"])
    truth = json.loads((PROJECT / "tests" / "asr" / "audio" / "truth.json").read_text("utf-8"))
    yield from _strings(truth)


def _strings(value: object) -> Iterable[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
