"""Rules about measures: how fast, how loud, who broke in, how long nobody spoke."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from quality.finding import Finding, found
from quality.measures import Measures
from quality.rule import Kind, Rule

FEWEST_SYLLABLES = 10
"""A turn's rate is judged from so many syllables on; 好的 may be as quick as it likes."""


def measured_findings(rule: Rule, measures: Measures) -> list[Finding]:
    """The hits of one rule about measures, in order."""
    hits = (
        (start, words)
        for start, words in _READING[rule.kind](rule, measures)
        if rule.place.after <= start and (rule.place.before is None or start < rule.place.before)
    )
    return [found(rule, start, words) for start, words in hits]


def _beyond(rule: Rule, value: float) -> bool:
    return (rule.over is not None and value > rule.over) or (rule.under is not None and value < rule.under)


def _rate(rule: Rule, measures: Measures) -> Iterator[tuple[float, str]]:
    for turn in measures.turns:
        judged = turn.channel == rule.channel and turn.syllables >= FEWEST_SYLLABLES
        if judged and turn.rate is not None and _beyond(rule, turn.rate):
            yield turn.start, f"{turn.rate:.1f} 音节/秒"


def _interruption(rule: Rule, measures: Measures) -> Iterator[tuple[float, str]]:
    for overlap in measures.overlaps:
        if overlap.interruption and overlap.later == rule.channel and _beyond(rule, overlap.seconds):
            yield overlap.start, f"抢话 {overlap.seconds:.1f} 秒"


def _silence(rule: Rule, measures: Measures) -> Iterator[tuple[float, str]]:
    for silence in measures.silences:
        if _beyond(rule, silence.seconds):
            yield silence.start, f"静默 {silence.seconds:.0f} 秒"


def _duration(rule: Rule, measures: Measures) -> Iterator[tuple[float, str]]:
    if _beyond(rule, measures.duration):
        yield 0.0, f"通话 {measures.duration / 60:.0f} 分钟"


def _loudness(rule: Rule, measures: Measures) -> Iterator[tuple[float, str]]:
    """Sudden rises, and whole turns over the speaker's own median that no rise was cited in."""
    rises = [rise for leg in measures.legs if leg.channel == rule.channel for rise in leg.rises]
    cited = [rise for rise in rises if _beyond(rule, rise.decibel)]
    loud = [
        (turn.start, turn.loudness)
        for turn in measures.turns
        if turn.channel == rule.channel
        and turn.loudness is not None
        and _beyond(rule, turn.loudness)
        and not any(turn.start - 1 <= rise.start <= turn.end for rise in cited)
    ]
    for start, decibel in sorted([*((rise.start, rise.decibel) for rise in cited), *loud]):
        yield start, f"{decibel:+.0f} dB"


def _hang_up(rule: Rule, measures: Measures) -> Iterator[tuple[float, str]]:
    if measures.hung_up_by == rule.channel:
        yield measures.duration, "挂断"


_READING: Mapping[Kind, Callable[[Rule, Measures], Iterator[tuple[float, str]]]] = MappingProxyType(
    {
        Kind.RATE: _rate,
        Kind.INTERRUPTION: _interruption,
        Kind.SILENCE: _silence,
        Kind.DURATION: _duration,
        Kind.LOUDNESS: _loudness,
        Kind.HANG_UP: _hang_up,
    }
)
