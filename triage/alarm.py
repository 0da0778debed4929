"""How likely it is that somebody is in danger: logistic regression over n-grams and families of hazards.

It stands beside the rules of `triage/danger.py`, which know the words; this one has learnt how danger is told without
them, and how the same words are told of what is over, elsewhere or only feared.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from triage.corpus import AlarmSentence, Sentence, load_alarm_sentences, load_sentences
from triage.danger import Danger, Standing, dangers, urgency
from triage.folding import PAUSE, Folded, fold
from triage.rules import find, shipped_dangers, shipped_hazards
from triage.verdict import Category, Urgency

STRENGTH = 5.0
"""Inverse of the regularisation (scikit-learn's C); chosen by five-fold cross-validation, as are the other numbers."""

LONGEST = 3
"""Characters of the longest n-gram."""

GRAM_WEIGHT = 2.0
"""Length of the vector of n-grams beside a present family, which counts 1."""

_HARMLESS, _ALARMED, _UNSURE = 0.1, 0.3, 0.03
"""How much a sentence of the classifier counts whose urgency only the rules have judged, a sentence of our own being 1:
other matters without a danger, repairs and wrongs with one, repairs and wrongs without."""

_ABOUT_FAULTS = (Category.REPAIR, Category.COMPLAINT, Category.REPORT, Category.CHASE)


class Alarm:
    """Tells how likely a text speaks of a danger that is there. Nothing but numbers after fitting; safe for threads."""

    def __init__(self, own: Sequence[AlarmSentence], others: Sequence[Sentence]) -> None:
        """Fit on sentences whose urgency a person judged, and with little weight on those of the classifier."""
        self._hazards = shipped_hazards()
        rules = shipped_dangers()
        texts = [fold(each.text) for each in own] + [fold(each.text) for each in others]
        found = [dangers(rules, text) for text in texts]
        labels = [(each.urgency is Urgency.URGENT, 1.0) for each in own]
        labels += [_judged_by_rules(here, each) for here, each in zip(found[len(own) :], others, strict=True)]
        vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, min_df=2)
        grams = vectoriser.fit_transform([_joined(text) for text in texts]) * GRAM_WEIGHT
        families = [self._families(text, here) for text, here in zip(texts, found, strict=True)]
        model = LogisticRegression(C=STRENGTH, solver="newton-cg", tol=1e-3)
        model.fit(
            hstack([grams, csr_matrix(np.array(families))]).tocsr(),
            [urgent for urgent, _ in labels],
            sample_weight=[weight for _, weight in labels],
        )
        weights: NDArray[np.float64] = model.coef_[0]
        split = len(vectoriser.vocabulary_)
        self._columns: dict[str, int] = dict(vectoriser.vocabulary_)
        self._rarity: NDArray[np.float64] = np.asarray(vectoriser.idf_)
        self._grams, self._family_weights, self._start = weights[:split], weights[split:], float(model.intercept_[0])

    @classmethod
    def trained(cls) -> Self:
        """Fitted on the shipped sentences of the split `train`, in about a second."""
        own = [each for each in load_alarm_sentences() if each.split == "train"]
        return cls(own, [each for each in load_sentences() if each.split == "train"])

    def probability(self, text: Folded, found: Sequence[Danger]) -> float:
        """How likely a danger is there, 0 to 1; `found` are the danger words of the text."""
        counts: dict[int, int] = {}
        joined = _joined(text)
        for length in range(1, LONGEST + 1):
            for start in range(len(joined) - length + 1):
                column = self._columns.get(joined[start : start + length])
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
        columns = np.fromiter(counts, dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        weights = (1 + np.log(times)) * self._rarity[columns]
        length_of_all = float(np.linalg.norm(weights)) or 1.0
        odds = self._start + GRAM_WEIGHT * float(weights @ self._grams[columns]) / length_of_all
        odds += float(self._families(text, found) @ self._family_weights)
        return float(1 / (1 + np.exp(-odds)))

    def _families(self, text: Folded, found: Sequence[Danger]) -> NDArray[np.float64]:
        """Which standings the danger words have, and which families of hazards are there; 1 or 0 each."""
        standings = {danger.standing for danger in found}
        present = {hit.rule.id for hit in find(self._hazards, text)}
        flags = [standing in standings for standing in Standing] + [rule.id in present for rule in self._hazards]
        return np.array(flags, dtype=np.float64)


def _judged_by_rules(found: tuple[Danger, ...], sentence: Sentence) -> tuple[bool, float]:
    urgent = urgency(found, sentence.category) is Urgency.URGENT
    if sentence.category not in _ABOUT_FAULTS:
        inquiry = sentence.category is Category.INQUIRY
        return urgent and inquiry, (_ALARMED if inquiry else 0.0) if urgent else _HARMLESS
    return urgent, _ALARMED if urgent else _UNSURE


def _joined(text: Folded) -> str:
    return text.text.replace(PAUSE, "")
