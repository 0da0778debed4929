"""What was measured of a call: facts with units, and no verdict about anybody's mood."""

from dataclasses import dataclass

from quality.conversation import Overlap
from quality.loudness import Rise
from quality.stretches import Stretch
from quality.turns import Channel


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silences of a fifth of a second and more within what one side says."""

    count: int
    mean: float
    """Seconds; 0 when there is none."""
    longest: float
    """Seconds; 0 when there is none."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Pitch of a voice, from all its voiced moments."""

    median: float
    """Hz."""
    low: float
    """Hz, 5th percentile."""
    high: float
    """Hz, 95th percentile."""
    semitones: float
    """From low to high, 12 · log2(high / low): how lively the voice is, whatever its height."""


@dataclass(frozen=True, slots=True)
class TurnMeasures:
    """One turn."""

    channel: Channel
    start: float
    """Seconds from the call's first sample."""
    end: float
    """Seconds from the call's first sample."""
    syllables: int
    rate: float | None
    """Syllables a second, pauses within the turn included; None for a turn without length or words."""
    loudness: float | None
    """dB against the speaker's own median of the whole call; None without sound."""
    voice: Voice | None
    """None without sound, or where nothing is voiced."""


@dataclass(frozen=True, slots=True)
class LegMeasures:
    """One side of the call."""

    channel: Channel
    speech: float
    """Seconds of speech."""
    share: float
    """Of all that both sides spoke, 0 to 1."""
    first_word: float | None
    """Seconds from the call's first sample; None for who never speaks."""
    rate: float | None
    """Syllables a second over all turns."""
    pauses: Pauses
    interrupted: int
    """How often this side broke in on the other."""
    level: float | None
    """Median level of the speech in dBFS; None without sound. The line has its part in it: compare no two persons."""
    rises: tuple[Rise, ...]
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Measures:
    """The whole call."""

    duration: float
    """Seconds."""
    legs: tuple[LegMeasures, ...]
    """The agent's, then the caller's."""
    turns: tuple[TurnMeasures, ...]
    silences: tuple[Stretch, ...]
    """Longer than 30 s."""
    overlaps: tuple[Overlap, ...]
    hung_up_by: Channel | None
    """Who ended the call; None where nobody knows."""
    stretches: tuple[tuple[Channel, Stretch], ...]
    """All speech, by side."""
