"""What no phrase names is marked when it is like rude sentences; kind, quoted and reported ones are left alone."""

import pytest

from quality.errors import RulesInvalid
from quality.likeness import likeness
from quality.rulebook import Rulebook
from tests.quality.conftest import judgement

GREETING = ("agent", 0, 3, "您好，供电热线，请问有什么可以帮您？")
RULE = """
[[rule]]
id = "test.alike"
zh = "像"
en = "Alike"
kind = "likeness"
item = "wording"
little = "attitude"
points = 0
over = 0.6
examples = "said.tsv"
"""
SAID = "".join(f"rude\t你怎么这么{word}\nkind\t我来帮您查{word}\n" for word in "甲乙丙丁戊己庚辛壬癸")


@pytest.fixture
def marked(rulebook):
    """Whole sentences that are marked in what an agent (or caller) says."""

    def find(text, channel="agent"):
        findings = judgement(rulebook, GREETING, (channel, 10, 16, text)).findings
        return [finding.words for finding in findings if finding.rule == "wording.alike"]

    return find


def test_a_sentence_of_its_own_words_is_marked_whole_with_its_second_and_costs_nothing(rulebook):
    said = "户号我看到了。你交这么一点电费口气倒不小，还挑来挑去的。"
    found = [each for each in judgement(rulebook, GREETING, ("agent", 10, 20, said)).findings if "alike" in each.rule]
    assert [each.words for each in found] == ["你交这么一点电费口气倒不小，还挑来挑去的"]
    assert 12 < found[0].start < 16
    assert (found[0].points, found[0].fatal) == (0, False)


def test_a_sentence_in_which_a_phrase_was_found_is_not_marked_again(marked, hits):
    assert "forbidden.insult" in hits("你这人脑子有病，口气倒不小")
    assert marked("你这人脑子有病，口气倒不小") == []


@pytest.mark.parametrize(
    "said",
    [
        "很抱歉，你交这么一点电费口气倒不小这种话不该说",
        "同事说你交这么一点电费口气倒不小",
        "“你交这么一点电费口气倒不小”",
        "好的",
    ],
)
def test_kind_reported_quoted_and_short_ones_are_left_alone(marked, said):
    assert marked(said) == []


@pytest.mark.parametrize(
    ("given", "back"),
    [
        ("地址是文昌路一百零八号二单元五零二", "文昌路108号2单元502，没错吧"),
        ("户号是零三三二七七一五四", "零三三二七七一五四，没有错吧"),
        ("九九一二零三三四五六，我姓吴", "九九一二零三三四五六，户主是姓吴吗"),
        ("李家庄村二组十五号", "李家庄村二组十五号，单子建好了"),
        ("你好", "您住哪个小区呀"),
        ("你好", "建设路二十七号，三单元六零一，收到了"),
    ],
)
def test_numbers_and_what_the_caller_said_are_only_read_back(rulebook, given, back):
    findings = judgement(rulebook, GREETING, ("caller", 5, 8, given), ("agent", 10, 16, back)).findings
    assert "wording.alike" not in [finding.rule for finding in findings]


def test_rudeness_with_a_number_in_it_is_marked_all_the_same(marked):
    assert marked("三十块钱的事口气倒不小，还挑来挑去的")


def test_callers_may_say_what_they_like(marked):
    assert marked("你们交这么一点工资口气倒不小，还挑来挑去的", "caller") == []


def test_the_same_examples_teach_the_same():
    examples = tuple((line.startswith("rude"), line[5:]) for line in SAID.splitlines())
    (rude, kind) = likeness(examples).of(["你怎么这么慢", "我来帮您查电费"])
    assert rude > 0.6 > 0.4 > kind
    assert likeness(examples).of([]) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [("rude 没有制表符\n", "line 1"), ("rude\t只有一句\n", "nothing can be learnt"), (None, "cannot be read")],
)
def test_examples_that_cannot_be_read_are_named(tmp_path, said, why):
    (tmp_path / "rules.toml").write_text(RULE, "utf-8")
    if said is not None:
        (tmp_path / "said.tsv").write_text(said, "utf-8")
    with pytest.raises(RulesInvalid, match=why):
        Rulebook.load([tmp_path / "rules.toml"])


def test_only_a_likeness_has_examples(tmp_path):
    (tmp_path / "said.tsv").write_text(SAID, "utf-8")
    (tmp_path / "rules.toml").write_text(RULE.replace('"likeness"', '"loudness"'), "utf-8")
    with pytest.raises(RulesInvalid, match="likeness rule"):
        Rulebook.load([tmp_path / "rules.toml"])
