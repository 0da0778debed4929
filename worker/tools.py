"""What the work is done with: handed in at the start, shared by all threads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from asr.engine import Engine
from quality.rulebook import Rulebook
from recordings.archive import Archive
from recordings.sealing import Seal
from triage.verdict import Verdict


def now() -> datetime:
    """The present moment in UTC; the one clock of the worker."""
    return datetime.now(UTC)


class Classifier(Protocol):
    """What we use of `triage.classifier.Classifier`."""

    def classify(self, text: str) -> Verdict:
        """Tell what a text is about; may be called from many threads at a time."""


@dataclass(frozen=True, slots=True)
class Tools:
    """An archive, something that hears, something that understands, and a clock."""

    archive: Archive
    engine: Engine
    classifier: Classifier
    clock: Callable[[], datetime] = now
    rulebook: Rulebook | None = None
    """What calls are held against; None leaves them unjudged."""
    seal: Seal | None = None
    """What originals are sealed with; None keeps words unmasked."""
