"""One thing that was found in a call, with the words and the second that a person can check."""

from dataclasses import dataclass

from quality.rule import Item, Rule
from quality.turns import Channel


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's hit."""

    rule: str
    """The rule's id."""
    channel: Channel
    start: float
    """Seconds from the call's first sample."""
    words: str
    """What was said there; for what was never said, what was said in its place; for a measure, the measure."""
    points: int
    fatal: bool
    item: Item


def found(rule: Rule, start: float, words: str) -> Finding:
    """A hit of the rule."""
    return Finding(rule.id, rule.channel, round(max(0.0, start), 3), words, rule.points, rule.fatal, rule.item)
