"""The report: its counts add up, its figures are good enough, and the documentation states them."""

from pathlib import Path

import pytest

from triage.classifier import Classifier
from triage.corpus import Sentence, load_sentences
from triage.errors import TableInvalid
from triage.evaluation import MAIN, Report, evaluate, evaluate_urgency
from triage.folding import fold
from triage.hard_cases import load_hard_cases, right_by_group
from triage.verdict import Category

DOCUMENT = Path(__file__).parents[2] / "docs" / "triage.md"


@pytest.fixture(scope="module")
def report(classifier: Classifier) -> Report:
    return evaluate(classifier)


def test_only_unseen_sentences_are_counted(report: Report) -> None:
    unseen = [sentence for sentence in load_sentences() if sentence.split == "unseen"]
    assert report.sentences == len(unseen)
    assert report.trained_on == len(load_sentences()) - len(unseen)


def test_the_counts_add_up(report: Report) -> None:
    assert sum(score.sentences for score in report.scores.values()) == report.sentences
    assert sum(score.named for score in report.scores.values()) == report.sentences
    assert sum(report.confusion.values()) == report.sentences
    assert sum(band.sentences for band in report.bands) == report.sentences
    assert sum(band.right for band in report.bands) == report.right


def test_the_classifier_is_good_enough_to_ship(report: Report) -> None:
    assert report.accuracy >= 0.78
    for category in MAIN:
        recall = report.scores[category].recall
        assert recall is not None
        assert recall >= 0.7


def test_danger_is_found_without_its_words_and_stories_of_it_are_not_believed(classifier: Classifier) -> None:
    urgency = evaluate_urgency(classifier)
    assert urgency.recall is not None
    assert urgency.precision is not None
    assert urgency.recall >= 0.85
    assert urgency.precision >= 0.85
    document = DOCUMENT.read_text(encoding="utf-8")
    assert f"{urgency.right} of {urgency.sentences} dangers" in document


def test_confidence_means_something(report: Report) -> None:
    shares = [band.right / band.sentences for band in report.bands]
    assert shares == sorted(shares)
    assert shares[-1] >= 0.9


def test_the_documentation_states_the_figures(report: Report) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert f"{report.right} of {report.sentences}" in text
    for category, score in report.scores.items():
        assert f"| {category} | {score.sentences} | {score.precision:.3f} | {score.recall:.3f} |" in text


def test_a_category_that_is_not_there_has_no_recall(classifier: Classifier) -> None:
    small = evaluate(classifier, [Sentence(Category.REPAIR, None, "家里停电了", "unseen")])
    assert small.accuracy == 1
    assert small.scores[Category.REPAIR].recall == 1
    assert small.scores[Category.PRAISE].recall is None
    with pytest.raises(ValueError, match="at least one sentence"):
        evaluate(classifier, [])


def test_hard_cases_are_never_fitted_on_and_most_are_told_right(classifier: Classifier) -> None:
    trained = {fold(sentence.text).text for sentence in load_sentences()}
    assert not [case for case in load_hard_cases() if fold(case.text).text in trained]
    groups = right_by_group(classifier)
    assert sum(right for right, _ in groups.values()) >= 0.8 * sum(count for _, count in groups.values())


@pytest.mark.parametrize("line", ["denied\trepair", "denied\tfault\t停电了"])
def test_a_bad_line_of_hard_cases_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "t.tsv").write_text(f"group\tcategory\ttext\n{line}\n", encoding="utf-8")
    with pytest.raises(TableInvalid, match=r"t\.tsv, line 2: give group"):
        load_hard_cases(tmp_path / "t.tsv")
