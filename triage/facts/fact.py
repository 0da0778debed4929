"""One fact in a text, with the words that say it."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What kind of fact it is; the value is what is stored."""

    MONEY = "money"
    TIME = "time"
    DURATION = "duration"
    HOUSEHOLDS = "households"
    FAILED = "failed"
    DANGER = "danger"
    PROMISE = "promise"
    CALL_BACK = "call-back"
    MOOD = "mood"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said, where it was said, and what it comes to."""

    kind: FactKind
    text: str
    """The words, as they stand in the text."""
    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset after its last character in the text."""
    value: str = ""
    """Yuan, minutes or households as a number; a mood or what failed as a word; empty where the words say it all.

    A vague number (几十块, 三四个小时) has none: it would be taken for an exact one."""
