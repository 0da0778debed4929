"""From probabilities to one category and perhaps a second, with the rulings for mixed calls."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.danger import Danger, Standing
from triage.verdict import Category

SECOND_FROM = 0.12
"""Probability from which a further category is named; chosen by cross-validation, see docs/triage.md."""

SECOND_SIGNS = 2
"""Different signs of its own that a further category needs: a doubt about one matter is not a second matter."""

REPAIR_FIRST_FROM = 0.05
"""Probability of a repair from which a live fault told in anger is a repair before it is a complaint; chosen by
cross-validation, see docs/triage.md."""

BILL_FIRST_FROM = 0.05
"""Probability of a bill from which a complaint that asks for an account to be put right is a bill first; likewise."""

PAID_BUT_DARK_FROM = 0.1
"""Probability of a repair from which a call about money is a repair, if the money is there and the power is not;
likewise."""

ANGER_FROM = 0.05
"""Probability of a complaint from which it is named second when another matter is told in angry words."""

ANGER_SIGNS = 2
"""Different signs of anger that make words angry: one alone is often only a manner of speaking."""

_FAULTS = frozenset(
    {
        "repair:no-power",
        "repair:dark",
        "repair:dead-appliance",
        "repair:trip",
        "repair:weak",
        "repair:wire",
        "repair:burning",
    }
)
_DARK = frozenset({"repair:no-power", "repair:dark", "repair:dead-appliance", "about:nothing-works", "about:dark"})
_AT_THIS_MOMENT = frozenset({"repair:now", "repair:send-someone", "about:come"})
"""It is so now, or somebody is asked to come: nobody sends for a crew because of last year."""

_AFTER_YEARS = frozenset({"repair:now", "about:end-order"})
"""After years of it, 来人 in the middle may be the crew that came and found nothing."""

_ANGER = frozenset(
    {
        "complaint:outrage",
        "complaint:attitude",
        "complaint:demands",
        "complaint:passed-round",
        "complaint:hung-up",
        "complaint:false-promise",
        "complaint:neglect",
        "about:angry",
        "about:rude",
        "about:demand",
        "about:treatment",
    }
)
_TOLD_IN_ANGER = (Category.REPAIR, Category.BILLING, Category.SERVICE, Category.CHASE)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the probabilities and the rulings come to."""

    category: Category
    second: Category | None
    confidence: float
    """Probability of the category, 0 to 1."""


def decide(probabilities: Mapping[Category, float], signs: frozenset[str], dangers: tuple[Danger, ...]) -> Decision:
    """The likeliest category, and the next one if it is likely enough.

    Rulings stand above the probabilities (docs/triage.md, how mixed calls are decided). When something is out of order
    at this moment, somebody must go, so a complaint that is also a repair is a repair first; an account that is to be
    put right is a bill first, however angry; and who has paid and still sits in the dark has a fault, unless the power
    was cut for debt and is asked back. Confidence is then the probability that the call is one or the other. A fault,
    a bill, an application or an earlier case told in angry words has a complaint for its second category. Any other
    second category needs signs of its own.
    """
    first, second, *_ = sorted(probabilities, key=lambda category: -probabilities[category])
    confidence = probabilities[first]
    repair, billing, complaint = (
        probabilities[category] for category in (Category.REPAIR, Category.BILLING, Category.COMPLAINT)
    )
    if first is Category.COMPLAINT and repair >= REPAIR_FIRST_FROM and _live_fault(signs, dangers):
        return Decision(Category.REPAIR, Category.COMPLAINT, min(1.0, confidence + repair))
    if first is Category.BILLING and repair >= PAID_BUT_DARK_FROM and _paid_but_dark(signs):
        return Decision(Category.REPAIR, Category.BILLING, min(1.0, confidence + repair))
    if first is Category.COMPLAINT and billing >= BILL_FIRST_FROM and "billing:put-right" in signs:
        return Decision(Category.BILLING, Category.COMPLAINT, min(1.0, confidence + billing))
    if first in _TOLD_IN_ANGER and complaint >= ANGER_FROM and len(signs & _ANGER) >= ANGER_SIGNS:
        return Decision(first, Category.COMPLAINT, confidence)
    if Category.OTHER in (first, second) or probabilities[second] < SECOND_FROM:
        return Decision(first, None, confidence)
    two_matters = _signs_of(first, signs) > 0 and _signs_of(second, signs) >= SECOND_SIGNS
    return Decision(first, second if two_matters else None, confidence)


def _signs_of(category: Category, signs: frozenset[str]) -> int:
    return sum(sign.startswith(f"{category}:") for sign in signs)


def _paid_but_dark(signs: frozenset[str]) -> bool:
    return "repair:paid-up" in signs and not signs.isdisjoint(_DARK) and "billing:cut-for-debt" not in signs


def _live_fault(signs: frozenset[str], dangers: tuple[Danger, ...]) -> bool:
    moment = _AFTER_YEARS if "complaint:for-years" in signs else _AT_THIS_MOMENT
    out_of_order = not signs.isdisjoint(moment) and not signs.isdisjoint(_FAULTS)
    return out_of_order or any(danger.standing is Standing.PRESENT for danger in dangers)
