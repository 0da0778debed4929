"""The sheet of 100 points, and what is left of it after the findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quality.finding import Finding
from quality.rule import Item

WORTH: Mapping[Item, int] = MappingProxyType(
    {
        Item.OPENING: 5,
        Item.LISTENING: 10,
        Item.MANNER: 10,
        Item.WORDING: 10,
        Item.EMPATHY: 10,
        Item.VERIFYING: 10,
        Item.UNDERSTANDING: 10,
        Item.ANSWER: 15,
        Item.WAITING: 5,
        Item.RECORD: 10,
        Item.CLOSING: 5,
    }
)
"""Points of each item: a sheet merged from three that electricity hotlines use; 100 in all."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a call is worth."""

    points: Mapping[Item, int]
    """What is left of each item, never below 0."""
    fatal: bool
    """True when a finding makes the whole sheet worth nothing."""

    @property
    def score(self) -> int:
        """0 to 100."""
        return 0 if self.fatal else sum(self.points.values())


def score(findings: Iterable[Finding]) -> Sheet:
    """Deduct every finding from its item; an item is lost once and not twice."""
    left = dict(WORTH)
    fatal = False
    for finding in findings:
        left[finding.item] = max(0, left[finding.item] + finding.points)
        fatal = fatal or finding.fatal
    return Sheet(left, fatal)
