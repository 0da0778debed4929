"""Stretches of time in which somebody speaks, and what can be said of two rows of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From one second to another, on the call's timeline."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


def joined(stretches: Iterable[Stretch], gap: float = 0.0) -> tuple[Stretch, ...]:
    """In order, those joined that overlap or are parted by less than `gap` seconds."""
    rows: list[Stretch] = []
    for stretch in sorted(stretches):
        if rows and (stretch.start <= rows[-1].end or stretch.start - rows[-1].end < gap):
            rows[-1] = Stretch(rows[-1].start, max(rows[-1].end, stretch.end))
        else:
            rows.append(stretch)
    return tuple(rows)


def between(stretches: Sequence[Stretch], duration: float) -> tuple[Stretch, ...]:
    """What the joined stretches leave free of a call of `duration` seconds, its beginning and end included."""
    starts = [0.0, *(stretch.end for stretch in stretches)]
    ends = [*(stretch.start for stretch in stretches), duration]
    return tuple(Stretch(start, end) for start, end in zip(starts, ends, strict=True) if end > start)


def common(one: Sequence[Stretch], other: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What lies in both; each in order and without overlaps of its own."""
    rows, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        start, end = max(one[i].start, other[j].start), min(one[i].end, other[j].end)
        if end > start:
            rows.append(Stretch(start, end))
        if one[i].end <= other[j].end:
            i += 1
        else:
            j += 1
    return tuple(rows)


def total(stretches: Iterable[Stretch]) -> float:
    """Seconds in all."""
    return sum(stretch.seconds for stretch in stretches)
