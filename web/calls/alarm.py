"""Which of the words that a verdict cites are the ones that made the call urgent."""

from functools import cache

from triage.danger import Standing, dangers
from triage.folding import fold
from triage.rules import Rule, shipped_dangers
from web.calls.reading import Span


def alarming(text: str) -> tuple[Span, ...]:
    """Where a transcript's text names a danger that is there or feared, as the triage understands it today.

    The console only uses it to point at evidence that is kept with the verdict; it judges nothing anew.
    """
    folded = fold(text)
    named = [danger.hit for danger in dangers(_rules(), folded) if danger.standing is not Standing.ABSENT]
    stretches = [folded.evidence(hit.start, hit.end) for hit in named if hit.end > hit.start]
    return tuple((stretch.start, stretch.end) for stretch in stretches)


@cache
def _rules() -> tuple[Rule, ...]:
    return shipped_dangers()
