"""How well the classifier does: counts, precision and recall, and who is taken for whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from triage.classifier import Classifier
from triage.corpus import Sentence, load_alarm_sentences, load_sentences
from triage.verdict import Category, Urgency, Verdict

MAIN = (Category.REPAIR, Category.BILLING, Category.COMPLAINT)
"""The three that the hotline must tell apart."""

BANDS = (0.0, 0.5, 0.7, 0.9, 1.0)
"""Edges of the confidence bands in a report."""


@dataclass(frozen=True, slots=True)
class Score:
    """One category in a report."""

    sentences: int
    """Sentences that belong to it."""
    named: int
    """Sentences that the classifier gave it."""
    right: int
    """Sentences in both."""

    @property
    def precision(self) -> float | None:
        """Share right of those named, None if none was named."""
        return self.right / self.named if self.named else None

    @property
    def recall(self) -> float | None:
        """Share right of those that belong to it, None if there are none."""
        return self.right / self.sentences if self.sentences else None


@dataclass(frozen=True, slots=True)
class Band:
    """What confidence of this height is worth."""

    low: float
    high: float
    """Confidence is at least `low` and below `high` (the last band includes 1)."""
    sentences: int
    right: int


@dataclass(frozen=True, slots=True)
class Report:
    """The classifier against labelled sentences that it was not fitted on."""

    trained_on: int
    """Sentences it was fitted on."""
    sentences: int
    right: int
    scores: dict[Category, Score]
    confusion: dict[tuple[Category, Category], int]
    """(true, named) → count, all pairs that occur."""
    bands: tuple[Band, ...]
    mixed: int
    """Sentences with a second category."""
    mixed_found: int
    """Mixed sentences whose two categories were both named, in either order."""
    seconds_named: int
    """Sentences given a second category, rightly or not."""

    @property
    def accuracy(self) -> float:
        """Share of all sentences whose category is right, 0 to 1."""
        return self.right / self.sentences


def evaluate(classifier: Classifier | None = None, sentences: Sequence[Sentence] | None = None) -> Report:
    """Score the shipped classifier on the shipped unseen sentences, unless others are handed in.

    Raises ValueError when there is no sentence.
    """
    shipped = load_sentences()
    classifier = classifier or Classifier.trained()
    tested = [sentence for sentence in shipped if sentence.split == "unseen"] if sentences is None else sentences
    if not tested:
        raise ValueError("nothing to evaluate: hand in at least one sentence")
    verdicts = [classifier.classify(sentence.text) for sentence in tested]
    return _report(tested, verdicts, classifier.trained_on)


def evaluate_urgency(classifier: Classifier) -> Score:
    """How the urgency of the shipped unseen sentences is told; half of them are traps with words of danger in them."""
    tested = [each for each in load_alarm_sentences() if each.split == "unseen"]
    named = [classifier.classify(each.text).urgency is Urgency.URGENT for each in tested]
    urgent = [each.urgency is Urgency.URGENT for each in tested]
    return Score(sum(urgent), sum(named), sum(one and other for one, other in zip(urgent, named, strict=True)))


def cross_validated(sentences: Sequence[Sentence], folds: int = 5) -> Report:
    """Score fold by fold, each by a classifier fitted on the others: what settings are chosen by.

    A sentence's fold is its place in its category modulo `folds`.
    """
    seen: Counter[Category] = Counter()
    fold_of = []
    for sentence in sentences:
        fold_of.append(seen[sentence.category] % folds)
        seen[sentence.category] += 1
    tested: list[Sentence] = []
    verdicts: list[Verdict] = []
    for fold in range(folds):
        rest = [sentence for sentence, at in zip(sentences, fold_of, strict=True) if at != fold]
        held = [sentence for sentence, at in zip(sentences, fold_of, strict=True) if at == fold]
        classifier = Classifier(rest)
        tested += held
        verdicts += [classifier.classify(sentence.text) for sentence in held]
    return _report(tested, verdicts, len(sentences) * (folds - 1) // folds)


def _report(tested: Sequence[Sentence], verdicts: Sequence[Verdict], trained_on: int) -> Report:
    pairs = list(zip(tested, verdicts, strict=True))
    confusion = Counter((sentence.category, verdict.category) for sentence, verdict in pairs)
    scores = {
        category: Score(
            sentences=sum(sentence.category is category for sentence in tested),
            named=sum(verdict.category is category for verdict in verdicts),
            right=confusion[category, category],
        )
        for category in Category
    }
    mixed = [(sentence, verdict) for sentence, verdict in pairs if sentence.second]
    return Report(
        trained_on=trained_on,
        sentences=len(pairs),
        right=sum(score.right for score in scores.values()),
        scores=scores,
        confusion=dict(confusion),
        bands=tuple(_band(pairs, low, high) for low, high in pairwise(BANDS)),
        mixed=len(mixed),
        mixed_found=sum(
            {sentence.category, sentence.second} == {verdict.category, verdict.second} for sentence, verdict in mixed
        ),
        seconds_named=sum(verdict.second is not None for verdict in verdicts),
    )


def _band(pairs: Sequence[tuple[Sentence, Verdict]], low: float, high: float) -> Band:
    within = [
        (sentence, verdict)
        for sentence, verdict in pairs
        if low <= verdict.confidence < high or verdict.confidence == high == 1.0
    ]
    return Band(low, high, len(within), sum(sentence.category is verdict.category for sentence, verdict in within))
