"""Hundreds of sentences that agents may say, rude and kind, with and without a recogniser's missing punctuation."""

from pathlib import Path

import pytest

from tests.quality.conftest import judgement

SAID = Path(__file__).parent / "said"


def bare(sentence: str) -> str:
    """As a recogniser gives it."""
    return "".join(sign for sign in sentence if sign.isalnum())


def sentences(name: str) -> list[str]:
    return (SAID / name).read_text("utf-8").split("\n")[:-1]


def faults(hits, sentence: str) -> list[str]:
    return [f"{rule}: {each}" for each in (sentence, bare(sentence)) for rule in hits(each)]


def test_rude_sentences_are_found_and_never_held_against_the_caller(hits):
    assert len(sentences("rude.txt")) > 150
    unfound = [each for one in sentences("rude.txt") for each in (one, bare(one)) if not hits(each)]
    assert unfound == []
    assert [one for one in sentences("rude.txt") if hits(one, "caller")] == []


def test_kind_sentences_are_left_alone(hits):
    assert len(sentences("kind.txt")) > 250
    assert [fault for one in sentences("kind.txt") for fault in faults(hits, one)] == []


@pytest.mark.parametrize(
    "said",
    ["您慢慢找，不着急，我等您", "好嘞奶奶，我大声一点说", "停电给您添堵了", "他说您没文化，这是他不对"],
)
def test_what_only_looks_like_it_is_left_alone(hits, said):
    assert hits(said) == []


def test_one_stretch_of_rudeness_is_one_finding_and_two_are_two(hits):
    assert hits("再等等看，过一阵也许就好了").count("fault.shrug") == 1
    twice = "你脑子有毛病吧，我说了今天下午师傅会到现场去看一看的，你脑子进水了吧"
    assert hits(twice).count("fault.insult") == 2


def test_you_of_that_kind_is_no_report(hits):
    assert "fault.insult" in hits("跟你这种没文化的人说不清楚")


@pytest.mark.parametrize(
    ("kind", "rude", "rule"),
    [
        ("您不会没有耐心，是我没说清楚", "我没有不耐烦，您到底要不要查", "fault.impatience"),
        ("您能保证十分钟到吗", "我保证十分钟给您送上电，好吗", "fault.false-promise-soon"),
        ("抱歉，这个我们管不了，要请物业来", "抱歉您找物业去，这个我们管不了", "fault.sent-away"),
        ("一般保证不了今晚来电", "我们一般都慢，但您这个我保证今晚来电", "fault.false-promise"),
    ],
)
def test_what_spares_one_clause_does_not_spare_the_next(hits, kind, rude, rule):
    assert hits(kind) == []
    assert rule in hits(rude)
    assert rule in hits(bare(rude))


def test_a_question_is_no_denial(hits):
    assert "fault.impatience" in hits("能不能别东问西问的")
    assert "fault.impatience" in hits("还有没有没有我就接下一个了")
    assert hits("我没有问东问西的意思") == []


def test_jargon_is_marked_and_costs_nothing_unless_it_is_explained(rulebook):
    def marks(said):
        findings = judgement(rulebook, ("agent", 0, 3, "您好，供电热线"), ("agent", 5, 9, said)).findings
        return [(finding.points, finding.words) for finding in findings if finding.rule == "wording.jargon"]

    assert marks("台区可开放容量不够，要做防孤岛校核") == [(0, "可开放容量不够，要做防孤岛")]
    assert marks("可开放容量，也就是这台变压器还能接多少") == []
