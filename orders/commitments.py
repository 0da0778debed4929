"""What the utility promises, read from a profile: by when a crew comes, by when somebody calls back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from orders.errors import CommitmentsInvalid


class Area(StrEnum):
    """Kinds of area that commitments tell apart: 城区, 农村, 特殊边远."""

    URBAN = "urban"
    RURAL = "rural"
    REMOTE = "remote"


class Promised(StrEnum):
    """What a caller can be promised."""

    ARRIVAL = "arrival"
    """A crew on site."""
    CONTACT = "contact"
    """A call back."""


@dataclass(frozen=True, slots=True)
class Commitments:
    """One profile of commitments."""

    name: str
    """As people read it."""
    arrival: Mapping[Area, timedelta]
    """From the report to the crew on site."""
    restored: Mapping[Area, timedelta]
    """From the crew's arrival to power; an area for which nothing is stated is missing."""
    complaint_contact: timedelta
    """From the complaint to the call back."""
    complaint_answer_days: int
    """Working days to the answer."""
    inquiry_answer_days: int
    """Working days to the answer of a question that could not be answered at once."""

    def arrival_by(self, area: Area, reported: datetime) -> datetime:
        """When a crew is promised for a fault reported at that moment."""
        return reported + self.arrival[area]

    def contact_by(self, heard: datetime) -> datetime:
        """When a call back is promised for a complaint heard at that moment."""
        return heard + self.complaint_contact


def load_commitments(profile: str, folder: Path) -> Commitments:
    """Read a profile: the name of a file in `folder`, or the path of one's own.

    Raises CommitmentsInvalid with the file and what is wrong in it.
    """
    file = folder / f"{profile}.toml" if "/" not in profile else Path(profile).expanduser()
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(entry.stem for entry in folder.glob("*.toml")))
        raise CommitmentsInvalid(f"there are no commitments {profile}; choose {known}, or name your own file") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommitmentsInvalid(f"{file}: {error}; write it as TOML, in UTF-8") from None
    return _Reading(file, tables).commitments()


class _Reading:
    """The tables of one file, each value checked."""

    def __init__(self, file: Path, tables: dict[str, Any]) -> None:
        self._file = file
        self._tables = tables

    def commitments(self) -> Commitments:
        known = {"name", "arrival_minutes", "restored_hours", "complaint", "inquiry"}
        if strangers := sorted(set(self._tables) - known):
            raise CommitmentsInvalid(
                f"{self._file}: unknown name {strangers[0]!r}; there are {', '.join(sorted(known))}"
            )
        return Commitments(
            name=str(self._tables.get("name", self._file.stem)),
            arrival={area: timedelta(minutes=self._number("arrival_minutes", area)) for area in Area},
            restored={
                area: timedelta(hours=self._number("restored_hours", area))
                for area in Area
                if area in self._table("restored_hours", {})
            },
            complaint_contact=timedelta(hours=self._number("complaint", "contact_hours")),
            complaint_answer_days=self._number("complaint", "answer_working_days"),
            inquiry_answer_days=self._number("inquiry", "answer_working_days"),
        )

    def _table(self, table: str, otherwise: dict[str, Any] | None = None) -> dict[str, Any]:
        found = self._tables.get(table, otherwise)
        if not isinstance(found, dict):
            raise CommitmentsInvalid(f"{self._file}: [{table}] is missing; add it")
        return found

    def _number(self, table: str, key: str) -> int:
        number = self._table(table).get(key)
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 10000:
            raise CommitmentsInvalid(f"{self._file}: [{table}] {key} = {number!r}; write a whole number above 0")
        return number
