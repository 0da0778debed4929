"""Who hears a number that a caller says digit by digit."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording, which may still be growing."""

    recording_id: str
    start: float
    """Seconds from the recording's first sample."""
    end: float


class NumberEar(Protocol):
    """Hears digits and nothing else."""

    @property
    def hears(self) -> bool:
        """Whether it can hear at all; where it cannot, nobody is asked to say a number."""
        ...

    async def get_ready(self) -> None:
        """Begin to listen, so that the first caller need not wait for the model."""
        ...

    async def number(self, said: Stretch) -> str:
        """The digits that were said; empty when none were understood in time."""
        ...


class NoEar:
    """Hears nothing: numbers are keyed in."""

    hears = False

    async def get_ready(self) -> None:
        """Nothing to be done."""

    async def number(self, said: Stretch) -> str:
        """Nothing was understood."""
        return ""
