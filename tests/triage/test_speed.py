"""Quick enough: processor time, so that a busy machine does not fail the test."""

from time import process_time

from triage.classifier import Classifier
from triage.corpus import load_sentences


def test_training_both_models_takes_less_than_three_seconds() -> None:
    start = process_time()
    Classifier.trained()
    assert process_time() - start < 3


def test_more_than_five_hundred_texts_a_second(classifier: Classifier) -> None:
    texts = [sentence.text for sentence in load_sentences()][:1000]
    start = process_time()
    for text in texts:
        classifier.classify(text)
    assert len(texts) / (process_time() - start) > 500


def test_a_very_long_text_is_no_trap(classifier: Classifier) -> None:
    start = process_time()
    classifier.classify("我跟你说啊那个电线它就是这样子的你们来看看吧没有冒烟" * 1000)
    assert process_time() - start < 5
