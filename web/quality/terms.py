"""From which marks on an agent is praised or warned at the end of a month."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QualityTerms:
    """The utility's own terms; the settings say them."""

    praise_from: int = 90
    """A month's mean from which on an agent is praised, if nothing was fatal."""
    warn_below: int = 70
    """A month's mean below which an agent is warned; something fatal warns too."""
    fewest: int = 3
    """Reviewed calls below which a mean says nothing."""
