"""What the classifier sees of a text: its character n-grams, and which families of words it has."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from triage.folding import PAUSE, Folded
from triage.rules import Hit, Rule, find

LONGEST = 4
"""Characters of the longest n-gram."""

SIGN_WEIGHT = 0.15
"""Value of a present sign beside n-grams of unit length; chosen by cross-validation, see docs/triage.md."""

CONCEPT = "about:"
"""What the id of a concept begins with."""

CONCEPT_WEIGHT = 0.25
"""Value of a present concept, likewise."""

SHARED = 2
"""Training sentences that must have the same words before a sign learns from them. The words of a sign were written
while looking at sentences; those that stand in one only would be learnt by heart, and the sign trusted too much."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as numbers."""

    columns: NDArray[np.intp]
    """Columns of the n-grams that are there and known."""
    weights: NDArray[np.float64]
    """TF-IDF of each of them; the vector has unit length."""
    signs: NDArray[np.float64]
    """For each sign and concept its weight if it is there, else 0."""
    hits: tuple[Hit, ...]
    """Where they stand."""


class Features:
    """Character n-grams 1–4 with sublinear TF-IDF, and the signs; a concept is a sign with a weight of its own.

    An n-gram that only one sentence has is left out: it can only be learnt by heart.
    """

    def __init__(self, signs: tuple[Rule, ...]) -> None:
        self.signs = signs
        self._order = {rule.id: place for place, rule in enumerate(signs)}
        self._weights = np.array([CONCEPT_WEIGHT if rule.id.startswith(CONCEPT) else SIGN_WEIGHT for rule in signs])
        self._grams = TfidfVectorizer(analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, min_df=2)
        self.columns: dict[str, int] = {}
        """Column of each known n-gram."""
        self._rarity: NDArray[np.float64] = np.zeros(0)

    def fit(self, texts: Sequence[tuple[Folded, Sequence[Hit]]]) -> csr_matrix:
        """Learn the n-grams of the texts, each with the words in it that do not count; rows are texts, columns
        first n-grams, then signs.
        """
        grams = self._grams.fit_transform([_joined(text, void) for text, void in texts])
        self.columns = dict(self._grams.vocabulary_)
        self._rarity = np.asarray(self._grams.idf_)
        return hstack([grams, csr_matrix([self._present(hits) for hits in self._shared(texts)])]).tocsr()

    def read(self, text: Folded, void: Sequence[Hit] = ()) -> Reading:
        """One text as numbers, in the columns that were learnt; words of a `void` hit do not count.

        The same numbers as the vectoriser's own `transform`, without its checks, which take longer than the work.
        """
        counts = Counter(self.columns[gram] for gram in _grams(_joined(text, void)) if gram in self.columns)
        columns = np.fromiter(counts, dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        weights = (1 + np.log(times)) * self._rarity[columns]
        length = float(np.linalg.norm(weights))
        hits = self._hits(text, void)
        return Reading(columns, weights / length if length else weights, self._present(hits), hits)

    def place(self, rule: Rule) -> int:
        """Place of a sign among the signs."""
        return self._order[rule.id]

    def _shared(self, texts: Sequence[tuple[Folded, Sequence[Hit]]]) -> list[tuple[Hit, ...]]:
        """The hits of each text whose very words at least SHARED texts have; signs of the whole text always count."""
        found = [(text, self._hits(text, void)) for text, void in texts]
        share = Counter(said for text, hits in found for said in {_said(text, hit) for hit in hits})
        return [
            tuple(hit for hit in hits if hit.end == hit.start or share[_said(text, hit)] >= SHARED)
            for text, hits in found
        ]

    def _hits(self, text: Folded, void: Sequence[Hit]) -> tuple[Hit, ...]:
        return tuple(
            hit for hit in find(self.signs, text) if not any(hit.start < no.end and no.start < hit.end for no in void)
        )

    def _present(self, hits: tuple[Hit, ...]) -> NDArray[np.float64]:
        present = np.zeros(len(self.signs))
        places = [self._order[hit.rule.id] for hit in hits]
        present[places] = self._weights[places]
        return present


def _said(text: Folded, hit: Hit) -> tuple[str, str]:
    """The sign and the very words that it found."""
    return hit.rule.id, text.text[hit.start : hit.end]


def _joined(text: Folded, void: Sequence[Hit]) -> str:
    """A recogniser writes no punctuation, so n-grams are taken over pauses as if there were none, and over words that
    do not count.
    """
    letters = list(text.text)
    for hit in void:
        letters[hit.start : hit.end] = PAUSE * (hit.end - hit.start)
    return "".join(letters).replace(PAUSE, "")


def _grams(text: str) -> Iterator[str]:
    for length in range(1, LONGEST + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]
