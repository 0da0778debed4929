"""The shipped sentences: enough of each, and the unseen ones really unseen."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from triage.corpus import Sentence, load_sentences
from triage.errors import TableInvalid
from triage.folding import PAUSE, fold
from triage.verdict import Category

ALIKE = 0.6
"""Share of common character pairs from which two sentences count as the same one said twice."""


@pytest.fixture(scope="module")
def sentences() -> tuple[Sentence, ...]:
    return load_sentences()


def pairs_of(text: str) -> frozenset[str]:
    letters = fold(text).text.replace(PAUSE, "")
    return frozenset(a + b for a, b in pairwise(letters)) or frozenset({letters})


def test_there_are_enough_of_each_category(sentences: tuple[Sentence, ...]) -> None:
    counts = Counter(sentence.category for sentence in sentences)
    assert len(sentences) >= 900
    for category in Category:
        main = category in (Category.REPAIR, Category.BILLING, Category.COMPLAINT)
        assert counts[category] >= (170 if main else 50)


def test_enough_of_each_category_is_unseen(sentences: tuple[Sentence, ...]) -> None:
    counts = Counter(sentence.category for sentence in sentences)
    unseen = Counter(sentence.category for sentence in sentences if sentence.split == "unseen")
    for category in Category:
        # A fifth was set aside; sentences that came later went to the training part only.
        assert unseen[category] >= 40
        assert 0.09 <= unseen[category] / counts[category] <= 0.25


def test_no_sentence_is_there_twice(sentences: tuple[Sentence, ...]) -> None:
    folded = Counter(fold(sentence.text).text.replace(PAUSE, "") for sentence in sentences)
    assert [text for text, count in folded.items() if count > 1] == []


def test_no_near_duplicate_stands_on_both_sides_of_the_split(sentences: tuple[Sentence, ...]) -> None:
    unseen, trained = (
        [(each.text, pairs_of(each.text)) for each in sentences if each.split == split] for split in ("unseen", "train")
    )
    alike = [
        (one, two)
        for one, grams in unseen
        for two, others in trained
        if ALIKE * len(grams) <= len(others) <= len(grams) / ALIKE  # Else they cannot share as much.
        and len(grams & others) >= ALIKE * len(grams | others)
    ]
    assert alike == []


def test_a_second_category_is_another_one(sentences: tuple[Sentence, ...]) -> None:
    mixed = [sentence for sentence in sentences if sentence.second]
    assert len(mixed) >= 40
    assert all(sentence.second is not sentence.category for sentence in mixed)


@pytest.mark.parametrize(
    "line", ["repair\t停电了\ttrain", "fault\t\t停电了\ttrain", "repair\t\t停电了\tsometimes", "repair\t\t\ttrain"]
)
def test_a_bad_line_is_named_with_its_mend(tmp_path: Path, line: str) -> None:
    (tmp_path / "repair.tsv").write_text(f"category\tsecond\ttext\tsplit\nrepair\t\t没电\ttrain\n{line}\n")
    with pytest.raises(TableInvalid, match=r"repair\.tsv, line 3: give category") as raised:
        load_sentences(tmp_path)
    assert "\n" not in str(raised.value)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid, match="install the package again"):
        load_sentences(tmp_path)
