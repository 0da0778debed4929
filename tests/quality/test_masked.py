"""The pipeline judges what it has masked: a label counts as what was said there."""

import pytest

from quality.judging import judge
from quality.masked import STANDS_FOR
from quality.rulebook import Rulebook
from quality.spoken import spoken
from quality.syllables import syllables
from quality.turns import Turn
from triage.privacy.finding import LABELS


def found(rulebook: Rulebook, *turns: tuple[str, str]) -> dict[str, str]:
    """The findings of a dialogue, each with its words."""
    said = [Turn(channel, 3.0 * n, 3.0 * n + 2.5, text) for n, (channel, text) in enumerate(turns)]
    return {finding.rule: finding.words for finding in judge(rulebook, said).findings}


def test_every_label_stands_for_something():
    assert set(STANDS_FOR) == set(LABELS.values())


@pytest.mark.parametrize("number", ["幺三九零零零零二二二二", "〔手机〕"])
def test_giving_a_number_away_is_found_whether_it_is_masked_or_not(rulebook, number):
    agent = ("agent", f"您邻居的手机是{number}您记一下")
    hits = found(rulebook, ("caller", "我想联系我楼上的邻居"), agent)
    assert {"fault.leaked-number", "fault.leaked-data"} & set(hits)
    assert any(number in words for words in hits.values())


@pytest.mark.parametrize("number", ["幺三九零零零零二二二二", "〔手机〕"])
def test_a_number_that_the_caller_gave_is_none_that_is_given_away(rulebook, number):
    asked = ("caller", f"我邻居的电话是{number}，你们打给他")
    assert "fault.leaked-number" not in found(rulebook, asked, ("agent", f"好的，邻居的电话{number}，我记下了"))
    other = ("caller", "我的户号是〔户号〕")
    assert "fault.leaked-number" in found(rulebook, other, ("agent", f"邻居那边是{number}"))


def test_reading_back_what_is_masked_counts_as_reading_back(rulebook):
    def repeats(said: str, back: str) -> bool:
        turns = [("agent", "您好，供电公司，请讲"), ("caller", f"我家停电了，在{said}"), ("agent", back)]
        turns += [("agent", "师傅马上就来"), ("agent", "感谢来电"), ("agent", "再见")]
        return "understanding.repeats" not in found(rulebook, *turns)

    for place in ("建设路三号楼二单元", "〔地址〕"):
        assert repeats(place, f"{place}，收到")
        assert not repeats(place, "收到")


def test_what_is_cited_is_the_label_whole_and_its_second_that_of_its_word():
    turn = spoken(Turn("agent", 0, 3, "手机〔手机〕记下"))
    assert turn.words(0, 13) == "手机〔手机〕"
    assert turn.words(2, 13) == "〔手机〕"
    assert turn.words(13, 15) == "记下"


def test_a_masked_number_takes_as_long_to_say_as_a_number():
    assert syllables("手机〔手机〕") == 13
