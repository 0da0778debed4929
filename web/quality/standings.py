"""How every agent stands in a month: whom to praise before everybody, and with whom to speak alone."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quality.sheet import WORTH
from recordings.marks_of_agents import MarkedCall, items_lost, marked_calls
from web.days import begin_of, next_month
from web.quality.terms import QualityTerms

ITEMS = {item.value: worth for item, worth in WORTH.items()}
DEAREST = 3
"""Items named that lost most."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An agent's month."""

    agent_id: int
    agent: str
    reviewed: int
    """Calls whose marks stand; those under appeal are not among them."""
    mean: float | None
    fatal: int
    open: int
    """Appeals that wait for a decision."""
    lost: tuple[tuple[str, float], ...]
    """Items that lost most, with the points lost on average."""
    standing: str
    """praise | warn | none."""


def standings_of(s: Session, first: date, zone: ZoneInfo, terms: QualityTerms) -> tuple[Standing, ...]:
    """Every agent who has a review in the month: who is to be praised first, then by name."""
    calls = marked_calls(s, begin_of(first, zone), begin_of(next_month(first), zone))
    by_agent = groupby(sorted(calls, key=lambda one: (one.agent, one.agent_id)), key=lambda one: one.agent_id)
    found = [_standing(s, list(own), terms) for _, own in by_agent]
    order = {"praise": 0, "none": 1, "warn": 2}
    return tuple(sorted(found, key=lambda each: (order[each.standing], each.agent)))


def _standing(s: Session, calls: list[MarkedCall], terms: QualityTerms) -> Standing:
    settled = [call for call in calls if not call.in_dispute]
    mean = sum(call.score for call in settled) / len(settled) if settled else None
    fatal = sum(call.fatal for call in settled)
    lost = items_lost(s, [call.review_id for call in settled], ITEMS)
    standing = "none"
    if fatal or (mean is not None and len(settled) >= terms.fewest and mean < terms.warn_below):
        standing = "warn"
    elif mean is not None and len(settled) >= terms.fewest and mean >= terms.praise_from:
        standing = "praise"
    return Standing(
        calls[0].agent_id,
        calls[0].agent,
        len(settled),
        mean,
        fatal,
        len(calls) - len(settled),
        tuple(lost.items())[:DEAREST],
        standing,
    )
