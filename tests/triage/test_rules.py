"""The tables of rules: every rule has a reason and a source, and a bad line is named."""

from pathlib import Path

import pytest

from triage.errors import TableInvalid
from triage.folding import fold
from triage.rules import Rule, find, load_rules, shipped_concepts, shipped_dangers, shipped_signs
from triage.verdict import Category

HEADING = "id\twords\treason\tsource\n"


@pytest.mark.parametrize("rule", [*shipped_signs(), *shipped_concepts(), *shipped_dangers()], ids=lambda rule: rule.id)
def test_every_rule_says_why_and_whence(rule: Rule) -> None:
    family, _, name = rule.id.partition(":")
    assert family in {*Category, "danger", "about"}
    assert name
    assert len(rule.reason) > 5
    assert rule.source.startswith(("own judgement", "docs/triage.md")) or "public" in rule.source


@pytest.mark.parametrize("rule", [*shipped_signs(), *shipped_concepts(), *shipped_dangers()], ids=lambda rule: rule.id)
def test_no_rule_points_at_words_where_there_are_none(rule: Rule) -> None:
    assert [hit for hit in find((rule,), fold("")) if hit.end > hit.start] == []


def test_a_rule_does_not_reach_over_a_pause(tmp_path: Path) -> None:
    table = tmp_path / "rules.tsv"
    table.write_text(HEADING + "danger:test\t线.{0,3}断\tjust a test\town judgement\n")
    rules = load_rules(table)
    assert [(hit.start, hit.end) for hit in find(rules, fold("电线刚断"))] == [(1, 4)]
    assert list(find(rules, fold("电线，断"))) == []


@pytest.mark.parametrize("line", ["a\tb\tc", "a\t(\treason\tsource", "a\t\treason\tsource", "x\tb\tc\td\nx\tb\tc\td"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    table = tmp_path / "rules.tsv"
    table.write_text(HEADING + line + "\n")
    with pytest.raises(TableInvalid, match=r"rules\.tsv, line [23]: ") as raised:
        load_rules(table)
    assert "\n" not in str(raised.value)
