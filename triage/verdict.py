"""What a call is about, and the words that say so."""

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a caller wants. The first three are the ones the hotline must tell apart."""

    REPAIR = "repair"
    BILLING = "billing"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    SERVICE = "service"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    CHASE = "chase"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon a person must look at it."""

    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of the text that spoke for the verdict."""

    text: str
    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset after its last character in the text."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one text was found to be about."""

    category: Category
    second: Category | None
    """A further category the text also belongs to, if there is one."""
    confidence: float
    """Probability of the category, 0 to 1."""
    urgency: Urgency
    evidence: tuple[Evidence, ...]
    """In order of place."""
