"""The six callers of the demonstration."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "callers"


@dataclass(frozen=True, slots=True)
class DemoCaller:
    """Somebody who calls: what they say, and what they do with the keys."""

    id: str
    expected: str
    """The category that the call must be found to have."""
    said: str
    """The sentence, as far as it is heard."""
    audio: Path
    plan: str
    """A plan of the softphone; `say` is the audio."""
    hangs_up_after: float
    """Seconds from the answer at which they hang up, if the hotline has not done so before."""
    about: str
    """What is special about this caller, for the table."""


def demo_callers() -> tuple[DemoCaller, ...]:
    """All six, in the order in which they call."""
    with (FOLDER / "callers.toml").open("rb") as file:
        tables = tomllib.load(file)["callers"]
    return tuple(
        DemoCaller(
            id=table["id"],
            expected=table["expected"],
            said=table["said"],
            audio=FOLDER / table["file"],
            plan=table["plan"],
            hangs_up_after=table.get("hangs_up_after", 120.0),
            about=table.get("about", ""),
        )
        for table in tables
    )
