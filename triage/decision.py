"""From probabilities to one category and perhaps a second, with the rulings for mixed calls."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.danger import Danger, Standing
from triage.verdict import Category

SECOND_FROM = 0.25
"""Probability from which a further category is named; chosen by cross-validation, see docs/triage.md."""

REPAIR_FIRST_FROM = 0.15
"""Probability of a repair from which a live fault told in anger is a repair before it is a complaint."""

ANGER_FROM = 0.02
"""Probability of a complaint from which it is named second when a fault or a bill is told in angry words."""

_FAULTS = frozenset({"repair:no-power", "repair:dark", "repair:dead-appliance", "repair:trip", "repair:weak"})
_ANGER = frozenset(
    {
        "complaint:outrage",
        "complaint:attitude",
        "complaint:demands",
        "complaint:passed-round",
        "complaint:hung-up",
        "complaint:false-promise",
        "complaint:neglect",
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the probabilities and the rulings come to."""

    category: Category
    second: Category | None
    confidence: float
    """Probability of the category, 0 to 1."""


def decide(probabilities: Mapping[Category, float], signs: frozenset[str], dangers: tuple[Danger, ...]) -> Decision:
    """The likeliest category, and the next one if it is likely enough.

    Two rulings stand above the probabilities (docs/triage.md, how mixed calls are decided). When something is out of
    order at this moment, somebody must go, so a complaint that is also a repair is a repair first; its confidence is
    then the probability that the call is one or the other. And a fault or a bill told in angry words has a complaint
    for its second category.
    """
    first, second, *_ = sorted(probabilities, key=lambda category: -probabilities[category])
    confidence = probabilities[first]
    repair, complaint = probabilities[Category.REPAIR], probabilities[Category.COMPLAINT]
    if first is Category.COMPLAINT and repair >= REPAIR_FIRST_FROM and _live_fault(signs, dangers):
        return Decision(Category.REPAIR, Category.COMPLAINT, min(1.0, confidence + repair))
    if first in (Category.REPAIR, Category.BILLING) and complaint >= ANGER_FROM and not signs.isdisjoint(_ANGER):
        return Decision(first, Category.COMPLAINT, confidence)
    if Category.OTHER in (first, second) or probabilities[second] < SECOND_FROM:
        return Decision(first, None, confidence)
    return Decision(first, second, confidence)


def _live_fault(signs: frozenset[str], dangers: tuple[Danger, ...]) -> bool:
    return ("repair:now" in signs and not signs.isdisjoint(_FAULTS)) or any(
        danger.standing is Standing.PRESENT for danger in dangers
    )
