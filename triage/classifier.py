"""The classifier: logistic regression over n-grams and signs, explicit rules for danger and mixed calls."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import vstack
from sklearn.linear_model import LogisticRegression

from triage.alarm import Alarm
from triage.corpus import Sentence, load_sentences
from triage.danger import Standing, absent, dangers, urgency
from triage.decision import decide
from triage.evidence import Span, deciding, shown
from triage.features import Features, Reading
from triage.folding import Folded, fold
from triage.rules import shipped_concepts, shipped_dangers, shipped_signs
from triage.verdict import Category, Urgency, Verdict

STRENGTH = 20.0
"""Inverse of the regularisation (scikit-learn's C); chosen by cross-validation, see docs/triage.md."""

SECOND_SHARE = 0.3
"""How much a mixed sentence counts as an example of its second category; the rest counts for its first."""

TEMPERATURE = 1.0
"""Divides the log odds before they become probabilities, so that confidence agrees with the share that is right."""


class Classifier:
    """Tells what a text is about. Holds nothing but numbers after fitting; safe to call from many threads."""

    def __init__(self, sentences: Sequence[Sentence], alarm: Alarm | None = None) -> None:
        """Fit on the sentences given, all of them. The same sentences give the same classifier.

        Without an alarm the words of `triage/dangers.tsv` alone decide how urgent a text is.
        """
        self._alarm = alarm
        self.trained_on = len(sentences)
        """Sentences it was fitted on."""
        self._features = Features(shipped_signs() + shipped_concepts())
        self._dangers = shipped_dangers()
        texts = [fold(sentence.text) for sentence in sentences]
        rows = self._features.fit([(text, absent(dangers(self._dangers, text))) for text in texts])
        mixed = [place for place, sentence in enumerate(sentences) if sentence.second]
        labels = [sentence.category for sentence in sentences]
        labels += [second for sentence in sentences if (second := sentence.second)]
        weights = [sentence.weight * (1 - SECOND_SHARE if sentence.second else 1.0) for sentence in sentences]
        weights += [SECOND_SHARE * sentences[place].weight for place in mixed]
        # newton-cg: exact, without chance, and ten times quicker here than lbfgs.
        model = LogisticRegression(C=STRENGTH, solver="newton-cg", tol=1e-3)
        model.fit(vstack([rows, rows[mixed]]), [str(label) for label in labels], sample_weight=weights)
        self._categories = tuple(Category(name) for name in model.classes_)
        split = rows.shape[1] - len(self._features.signs)
        self._grams: NDArray[np.float64] = np.ascontiguousarray(model.coef_[:, :split].T)
        self._signs: NDArray[np.float64] = np.ascontiguousarray(model.coef_[:, split:].T)
        self._start: NDArray[np.float64] = model.intercept_

    @classmethod
    def trained(cls) -> Self:
        """The classifier fitted on the shipped sentences of the split `train`, in about two seconds."""
        return cls([sentence for sentence in load_sentences() if sentence.split == "train"], Alarm.trained())

    def classify(self, text: str) -> Verdict:
        """What the text is about. Never raises; a text without letters is `other`, as sure as a blind guess."""
        folded = fold(text)
        if not folded.text:
            return Verdict(Category.OTHER, None, 1 / len(Category), Urgency.NORMAL, ())
        found = dangers(self._dangers, folded)
        reading = self._features.read(folded, absent(found))
        probabilities = self._probabilities(reading)
        present = frozenset(hit.rule.id for hit in reading.hits)
        decision = decide(dict(zip(self._categories, probabilities.tolist(), strict=True)), present, found)
        likely = self._alarm.probability(folded, found) if self._alarm else None
        urgent = urgency(found, decision.category, likely)
        spans = self._spans(folded, reading, probabilities, decision.category)
        if decision.second:
            spans += self._spans(folded, reading, probabilities, decision.second)[:2]
        alarming = [danger.hit for danger in found if danger.standing is not Standing.ABSENT]
        evidence = shown(folded, spans, alarming if urgent is Urgency.URGENT else ())
        return Verdict(decision.category, decision.second, round(decision.confidence, 4), urgent, evidence)

    def _probabilities(self, reading: Reading) -> NDArray[np.float64]:
        odds = self._start + reading.weights @ self._grams[reading.columns] + reading.signs @ self._signs
        odds = odds / TEMPERATURE
        raised: NDArray[np.float64] = np.exp(odds - odds.max())
        probabilities: NDArray[np.float64] = raised / raised.sum()
        return probabilities

    def _spans(
        self, folded: Folded, reading: Reading, probabilities: NDArray[np.float64], category: Category
    ) -> list[Span]:
        """What pulled towards the category, against its rivals as near as they came."""
        own = self._categories.index(category)
        rivals = probabilities.copy()
        rivals[own] = 0.0
        rivals /= rivals.sum() or 1.0
        contrast = -rivals
        contrast[own] += 1.0
        pulls = reading.signs * (self._signs @ contrast)
        sign_pull = {rule.id: float(pulls[self._features.place(rule)]) for rule in self._features.signs}
        return deciding(folded, reading, self._features.columns, self._grams @ contrast, sign_pull)
