"""A mistake in a file of rules is named, with its rule, in one line."""

import pytest

from quality.errors import RulesInvalid
from quality.rulebook import Rulebook
from tests.quality.conftest import judgement

RULE = """
[[rule]]
id = "a.b"
zh = "甲"
en = "a"
kind = "keyword"
item = "wording"
little = "attitude"
points = -5
phrases = ["甲"]
"""


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (('kind = "keyword"', 'kind = "keywords"'), "kind 'keywords' is none of"),
        (("points = -5", "points = 5"), "points must be a whole number, -100 to 0"),
        (('phrases = ["甲"]', 'phrases = ["甲…/乙"]'), "a part of it is empty"),
        (('phrases = ["甲"]', ""), "needs phrases"),
        (('phrases = ["甲"]', 'phrases = "甲"'), "phrases is a list of texts"),
        (('item = "wording"', 'item = "words"'), "item 'words' is none of"),
        (("points = -5", "points = -5\nfatl = true"), "there is no fatl"),
        (("points = -5", "points = -5\nover = 3"), "over and under are for measured kinds"),
        (("points = -5", 'points = -5\nplace = "middle"'), "place is"),
        (("points = -5", "points = -5\nplace = { after = 9, before = 5 }"), "ends before it begins"),
        (('id = "a.b"', 'id = "A b"'), "must be like wording.rude"),
        (('id = "a.b"', "id = 3"), "id must be a text"),
        (("[[rule]]", "[rule]"), "rules are tables"),
        (("[[rule]]", "[[rule"), "mend the TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path, change, names):
    file = tmp_path / "mine.toml"
    file.write_text(RULE.replace(*change), "utf-8")
    with pytest.raises(RulesInvalid, match=r"mine\.toml") as refused:
        Rulebook.load([file])
    assert names in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_id_comes_once(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(RULE + RULE, "utf-8")
    with pytest.raises(RulesInvalid, match="twice"):
        Rulebook.load([file])


def test_a_rule_of_ones_own_in_a_window(tmp_path, rulebook):
    from quality.judging import judge
    from quality.turns import Turn

    file = tmp_path / "mine.toml"
    file.write_text(RULE + "place = { after = 10, before = 20 }\n", "utf-8")
    turns = [Turn("agent", at, at + 1, "甲") for at in (5, 15, 25)]
    assert [f.start for f in judge(Rulebook.load([file]), turns).findings] == [15]


SHARED = """
[words]
others = "物业/社区"

[[rule]]
id = "test.others"
zh = "推给别人"
en = "Sends elsewhere"
kind = "forbidden phrase"
item = "answer"
little = "excuses"
points = -5
phrases = ["去找<others>"]
spare_right_before = ["别"]
"""


def test_words_are_written_once_and_used_by_name(tmp_path):
    (tmp_path / "rules.toml").write_text(SHARED, "utf-8")
    book = Rulebook.load([tmp_path / "rules.toml"])
    found = [judgement(book, ("agent", 0, 2, said)).findings for said in ("你去找社区", "你去找师傅", "您别去找物业")]
    assert [len(each) for each in found] == [1, 0, 0]


def test_a_name_that_stands_for_no_words_is_named(tmp_path):
    (tmp_path / "rules.toml").write_text(SHARED.replace("<others>", "<nobody>"), "utf-8")
    with pytest.raises(RulesInvalid, match=r"test\.others.*no words nobody"):
        Rulebook.load([tmp_path / "rules.toml"])
