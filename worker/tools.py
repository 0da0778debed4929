"""What the work is done with: handed in at the start, shared by all threads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    """An archive, what hears, something that understands, and a clock."""

    archive: Archive
    engine: Engine
    classifier: Classifier
    clock: Callable[[], datetime] = now
    rulebook: Rulebook | None = None
    """What calls are held against; None leaves them unjudged."""
    seal: Seal | None = None
    """What originals are sealed with; None keeps words unmasked."""
    engines_by_flow: Mapping[str, Engine] = field(default_factory=dict)
    """What hears callers who came into a flow of that name; `engine` hears all others."""

    def engine_for(self, menu_path: str) -> Engine:
        """What hears a call: the engine of the last flow on its path that has one of its own."""
        flows = reversed(menu_path.split("/"))
        return next((self.engines_by_flow[flow] for flow in flows if flow in self.engines_by_flow), self.engine)

    @property
    def engines(self) -> tuple[Engine, ...]:
        """All of them, each once."""
        return tuple({id(each): each for each in (self.engine, *self.engines_by_flow.values())}.values())
