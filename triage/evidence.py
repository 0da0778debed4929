"""The words that decided: stretches of the text with the greatest share in a verdict."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from triage.features import CONCEPT, LONGEST, Reading
from triage.folding import PAUSE, Folded
from triage.rules import Hit
from triage.verdict import Evidence

MOST = 5
"""Stretches for one category at most; more would be no evidence but the whole text."""

SHARE = 0.75
"""Stretches are shown until they cover this part of all that spoke for the category."""

Span = tuple[int, int]
"""Start and end in the folded text."""


def deciding(
    text: Folded,
    reading: Reading,
    columns: Mapping[str, int],
    gram_pull: NDArray[np.float64],
    sign_pull: Mapping[str, float],
) -> list[Span]:
    """The spans that pulled most towards a category, strongest first.

    `gram_pull` gives, for each n-gram column, and `sign_pull`, for each sign's id, how far it moves the log odds of the
    category against its rivals, per unit of its value.
    """
    value = dict(zip(reading.columns.tolist(), (reading.weights * gram_pull[reading.columns]).tolist(), strict=True))
    spans: dict[Span, float] = {}
    for span, gram in _grams(text.text):
        if (column := columns.get(gram)) is not None:
            spans[span] = value.get(column, 0.0)
    for hit in reading.hits:
        if hit.end > hit.start:
            span = (hit.start, hit.end)
            spans[span] = spans.get(span, 0.0) + sign_pull[hit.rule.id]
    words = [
        (hit.start, hit.end)
        for hit in reading.hits
        if hit.end > hit.start and sign_pull[hit.rule.id] > 0 and not hit.rule.id.startswith(CONCEPT)
    ]
    strongest = _strongest(_gathered(spans), SHARE * sum(pull for pull in spans.values() if pull > 0))
    return [_whole(span, words) for span in strongest]


def shown(text: Folded, spans: Iterable[Span], hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    """Spans and hits as stretches of the source in order of place, those that touch or overlap joined."""
    joined: list[Span] = []
    for start, end in sorted({*spans, *((hit.start, hit.end) for hit in hits)}):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(text.evidence(start, end) for start, end in joined)


def _grams(text: str) -> Iterator[tuple[Span, str]]:
    """Every n-gram that does not run over a pause, with its place."""
    for start in range(len(text)):
        for end in range(start + 1, min(start + LONGEST, len(text)) + 1):
            if text[end - 1] == PAUSE:
                break
            yield (start, end), text[start:end]


def _gathered(spans: Mapping[Span, float]) -> dict[Span, float]:
    """Give a span also what the smaller spans inside it pull, so that readable words beat single characters."""
    starts: dict[int, list[tuple[int, float]]] = {}
    for (start, end), pull in spans.items():
        starts.setdefault(start, []).append((end, pull))
    gathered = {}
    for start, end in spans:
        if end - start >= 2 or len(spans) == 1:
            gathered[start, end] = sum(
                pull for first in range(start, end) for last, pull in starts.get(first, ()) if last <= end
            )
    return gathered


def _whole(span: Span, words: Iterable[Span]) -> Span:
    """The span with all of every sign's words that it cuts, so that nobody reads 电了 for 停电了."""
    cut = [word for word in words if word[0] < span[1] and span[0] < word[1] and word[1] - word[0] <= LONGEST]
    return min([span[0], *(start for start, _ in cut)]), max([span[1], *(end for _, end in cut)])


def _strongest(pulls: Mapping[Span, float], wanted: float) -> list[Span]:
    chosen: list[Span] = []
    covered = 0.0
    for (start, end), pull in sorted(pulls.items(), key=lambda item: (-item[1], item[0])):
        if pull <= 0 or covered >= wanted or len(chosen) == MOST:
            break
        if all(end <= first or last <= start for first, last in chosen):
            chosen.append((start, end))
            covered += pull
    return chosen
