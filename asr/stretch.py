"""Where in a leg somebody speaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a leg in which somebody speaks."""

    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    voice: float = 0.0
    """The second in which the detector begins to hear a voice; before it there is but padding."""
