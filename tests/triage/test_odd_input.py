"""Whatever comes in, a verdict comes out."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from triage.classifier import Classifier
from triage.verdict import Category, Urgency


@pytest.mark.parametrize("text", ["", " ", "\n\t", "。。。！？", "😀😀👍", "……", "\u200b\ufeff", "\x00"])
def test_nothing_said_is_other_with_low_confidence(classifier: Classifier, text: str) -> None:
    verdict = classifier.classify(text)
    assert verdict.category is Category.OTHER
    assert verdict.second is None
    assert verdict.confidence <= 0.2
    assert verdict.urgency is Urgency.NORMAL
    assert verdict.evidence == ()


@pytest.mark.parametrize(
    "text", ["\ud800", "停电\udfff了", "a", "7", "字", "ﷺ", "е́", "\u0301", "hello my power is out", "停" * 20_000]
)
def test_odd_text_gets_a_verdict(classifier: Classifier, text: str) -> None:
    verdict = classifier.classify(text)
    assert 0 < verdict.confidence <= 1
    assert all(text[each.start : each.end] == each.text for each in verdict.evidence)


def test_a_matter_in_the_middle_of_a_long_story_is_found(classifier: Classifier) -> None:
    story = "我今年七十六了，老伴身体也不好，儿子闺女都在外头，平时就我们两个在家做做饭看看电视，"
    text = story * 3 + "今天一早起来电灯打不亮，冰箱也不转了，楼下老张说他家有电，就我家停电了，" + story
    assert classifier.classify(text).category is Category.REPAIR


def test_threads_do_not_disturb_each_other(classifier: Classifier) -> None:
    texts = ["停电了", "电费太高了", "你们态度太差", "谢谢师傅", ""] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(classifier.classify, texts)) == [classifier.classify(text) for text in texts]
