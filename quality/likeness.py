"""How much a sentence is like sentences that were called rude before: learnt from examples, in a second, when asked.

Logistic regression over single characters and pairs, weighed by how rare they are (scikit-learn). It has no idea what a
sentence means: it marks a second worth hearing, and nothing is deducted for it.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Self

from quality.spoken import fold

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

STRENGTH = 10.0
"""Inverse of the regularisation: of 3 and 10 the one that found more at 2 % of false alarms, sets held out in turn."""

NUMBER = re.compile("[0-9零〇一二两三四五六七八九十百千]{2,}")
Example = tuple[bool, str]
"""Whether it is rude, and the sentence."""


class Likeness:
    """What was learnt from examples."""

    def __init__(self, pipeline: "Pipeline") -> None:
        self._pipeline = pipeline

    @classmethod
    def learnt(cls, examples: Sequence[Example]) -> Self:
        """Learn; the same examples always give the same. There must be rude and kind ones."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        pairs = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
        pipeline = make_pipeline(pairs, LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced"))
        pipeline.fit([_plain(sentence) for _, sentence in examples], [rude for rude, _ in examples])
        return cls(pipeline)

    def of(self, sentences: Sequence[str]) -> list[float]:
        """For each sentence 0 (as the kind ones) to 1 (as the rude ones)."""
        if not sentences:
            return []
        return [float(row[1]) for row in self._pipeline.predict_proba([_plain(each) for each in sentences])]


def _plain(sentence: str) -> str:
    """Folded, with every number the same one: what it is says nothing about who says it."""
    return NUMBER.sub("#", fold(sentence))


@cache
def likeness(examples: tuple[Example, ...]) -> Likeness:
    """The same, learnt once for the same examples."""
    return Likeness.learnt(examples)
