"""Evidence is what the caller said, character for character."""

import pytest

from triage.classifier import Classifier
from triage.corpus import load_sentences
from triage.folding import fold


def test_every_stretch_stands_in_the_text_where_it_says(classifier: Classifier) -> None:
    for sentence in load_sentences():
        verdict = classifier.classify(sentence.text)
        end = 0
        for evidence in verdict.evidence:
            assert sentence.text[evidence.start : evidence.end] == evidence.text
            assert end <= evidence.start < evidence.end
            end = evidence.end


def test_the_words_that_decided_are_shown(classifier: Classifier) -> None:
    text = "师傅您好，麻烦问一声，我家这个月电费怎么比上个月多了一倍"
    shown = "".join(evidence.text for evidence in classifier.classify(text).evidence)
    assert "电费" in shown
    assert "师傅您好" not in shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ｈｅｌｌｏ，　我家　停 电　了！！", "停 电"),
        ("①號樓停電了，變壓器冒煙", "冒煙"),
        ("…………😀😀电费　㈱　太高了", "电费"),
        ("ﾃｽﾄ 電費太貴", "電費"),
    ],
)
def test_offsets_hold_in_wide_narrow_and_traditional_writing(classifier: Classifier, text: str, words: str) -> None:
    verdict = classifier.classify(text)
    assert any(words in evidence.text for evidence in verdict.evidence)
    assert all(text[each.start : each.end] == each.text for each in verdict.evidence)


def test_folding_makes_one_writing_of_many() -> None:
    assert fold("ＡＢ１２ 電 費，。！太高").text == "ab12电费\n太高"
    assert fold("128.50元，快来").text == "12850元\n快来"


def test_a_character_that_unfolds_into_several_keeps_its_place() -> None:
    folded = fold("㈱电")
    assert folded.evidence(len(folded.text) - 1, len(folded.text)).text == "电"
