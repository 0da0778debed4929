"""Two legs into one conversation: turns in the order in which they began, overlaps kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge

from asr.transcript import Passage, Transcript


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said between two pauses. Turns of two sides may overlap: people talk at once."""

    leg: int
    """Which leg said it; 1 is the first."""
    passage: Passage
    """The words, at least one."""

    @property
    def start(self) -> float:
        """Seconds from the legs' first sample."""
        return self.passage.words[0].start

    @property
    def end(self) -> float:
        """Seconds from the legs' first sample."""
        return self.passage.words[-1].end


def merged(legs: Sequence[Transcript]) -> tuple[Turn, ...]:
    """All turns of legs that began at the same moment, by their start; at the same start the first leg comes first.

    No word is lost, moved or doubled, and each leg keeps its own order.
    """
    sides = [
        [Turn(leg, passage) for passage in transcript.passages if passage.words]
        for leg, transcript in enumerate(legs, 1)
    ]
    return tuple(merge(*sides, key=lambda turn: (turn.start, turn.leg)))
