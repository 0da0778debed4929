"""Two people on one timeline: pauses, silences, overlaps, and who broke in on whom.

Pauses lie within what one side says, gaps between the sides; overlaps are told by who began later: after M. Heldner
and J. Edlund, Pauses, gaps and overlaps in conversations, Journal of Phonetics 38 (4), 2010.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quality.stretches import Stretch, between, common, joined, total
from quality.turns import Channel

SHORTEST_PAUSE = 0.2
"""Seconds. Shorter silences are closures of consonants, and no one hears them as pauses (Heldner and Edlund 2010)."""
BREATH = 0.5
"""Seconds of pause within what somebody is still saying."""
ACKNOWLEDGEMENT = 1.0
"""Seconds. 嗯, 对, 是的 while the other goes on is listening and not breaking in."""
BREAKING_IN = 0.5
"""Seconds of both speaking from which it is no ordinary change of turns; most of those overlap by less (ibid.)."""
TOGETHER = 0.1
"""Seconds within which two began at the same moment, and neither broke in."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Both spoke at once."""

    start: float
    """Seconds from the call's first sample."""
    end: float
    """Seconds from the call's first sample."""
    seconds: float
    """For how long both were heard, pauses not counted."""
    later: Channel | None
    """Who began while the other spoke; None when both began together."""
    interruption: bool
    """True when that one went on: for half a second or more of both, and no mere acknowledgement."""


def overlaps(agent: Sequence[Stretch], caller: Sequence[Stretch]) -> tuple[Overlap, ...]:
    """Every time when both spoke for a fifth of a second or more, once for each pair of utterances."""
    sides: dict[Channel, tuple[Stretch, ...]] = {"agent": joined(agent), "caller": joined(caller)}
    both = common(sides["agent"], sides["caller"])
    runs = {side: joined(stretches, BREATH) for side, stretches in sides.items()}
    rows = []
    for ours, theirs in _meeting(runs["agent"], runs["caller"]):
        shared = [s for s in both if s.start >= max(ours.start, theirs.start) and s.end <= min(ours.end, theirs.end)]
        if (seconds := total(shared)) < SHORTEST_PAUSE:
            continue
        together = abs(ours.start - theirs.start) < TOGETHER
        later: Channel | None = None if together else "agent" if ours.start > theirs.start else "caller"
        late, early = (ours, theirs) if ours.start > theirs.start else (theirs, ours)
        acknowledged = late.seconds <= ACKNOWLEDGEMENT and late.end <= early.end
        broke_in = later is not None and seconds >= BREAKING_IN and not acknowledged
        rows.append(Overlap(shared[0].start, shared[-1].end, seconds, later, broke_in))
    return tuple(rows)


def silences(stretches: Mapping[Channel, Sequence[Stretch]], duration: float, over: float) -> tuple[Stretch, ...]:
    """Where nobody spoke for longer than `over` seconds, the call's beginning and end included."""
    anybody = joined(stretch for side in stretches.values() for stretch in side)
    return tuple(stretch for stretch in between(anybody, duration) if stretch.seconds > over)


def pauses(own: Sequence[Stretch], other: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Silences of one's own between one's own words, while the other side said nothing."""
    rows = joined(own)
    gaps = [Stretch(one.end, next_.start) for one, next_ in pairwise(rows)]
    long_enough = [gap for gap in gaps if gap.seconds >= SHORTEST_PAUSE]
    taken = common(long_enough, joined(other))
    return tuple(gap for gap in long_enough if not any(gap.start <= each.start < gap.end for each in taken))


def _meeting(agent: Sequence[Stretch], caller: Sequence[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Pairs that overlap."""
    pairs, i, j = [], 0, 0
    while i < len(agent) and j < len(caller):
        if min(agent[i].end, caller[j].end) > max(agent[i].start, caller[j].start):
            pairs.append((agent[i], caller[j]))
        if agent[i].end <= caller[j].end:
            i += 1
        else:
            j += 1
    return pairs
