"""How far the reviewers of a calibration agree, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quality.agreement import cohens_kappa, fleiss_kappa
from quality.sheet import WORTH
from recordings.tables import Review

FATAL = "fatal"
"""The line for whether a call is fatal."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One item."""

    item: str
    same: int
    """Calls to which everybody gave the same points."""
    kappa: float | None
    """Cohen's of two reviewers, Fleiss' of more; None where all gave one and the same mark throughout."""


@dataclass(frozen=True, slots=True)
class Agreements:
    """All of a calibration."""

    calls: int
    """Calls that all reviewers have marked; only these count."""
    lines: tuple[Agreement, ...]


def agreements(calls: Sequence[str], people: Sequence[int], given: Mapping[tuple[str, int], Review]) -> Agreements:
    """Compare the reviewers' points, as names: two points that differ by one disagree as much as others do."""
    whole = [call for call in calls if all((call, who) in given for who in people)]
    lines = []
    for item in [*(item.value for item in WORTH), FATAL]:
        rows = [[_mark(given[call, who], item) for who in people] for call in whole]
        same = sum(len(set(row)) == 1 for row in rows)
        if len(people) == 2:
            kappa = cohens_kappa([row[0] for row in rows], [row[1] for row in rows])
        else:
            kappa = fleiss_kappa(rows)
        lines.append(Agreement(item, same, kappa))
    return Agreements(len(whole), tuple(lines))


def _mark(review: Review, item: str) -> int:
    if item == FATAL:
        return int(review.fatal)
    return next((mark.points for mark in review.marks if mark.item == item), -1)
