"""What the list is narrowed to, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from recordings.call_state import CallState
from triage.verdict import Category
from web.calls.terms import number_of, terms_of
from web.errors import FilterUnknown

LONGEST_SEARCH = 100
"""Characters, and so 50 words at most: every one of them is searched for."""

Choice = TypeVar("Choice", Category, CallState)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that must hold of a call in the list."""

    category: Category | None = None
    """The person's word, or the machine's where no person spoke."""
    day: date | None = None
    """In the utility's zone."""
    state: CallState | None = None
    search: str = ""
    urgent: bool = False
    unsure: bool = False
    """Only those of which the machine was not sure, and nobody has spoken yet."""

    @classmethod
    def parse(cls, address: Mapping[str, str]) -> "Filters":
        """Read the filters of an address; empty ones do not count. Raises FilterUnknown."""
        return cls(
            category=_one_of(Category, address, "category"),
            day=_day(address),
            state=_one_of(CallState, address, "state"),
            search=_search(address),
            urgent=bool(_known(address, "urgent", "1")),
            unsure=bool(_known(address, "unsure", "1")),
        )

    @property
    def terms(self) -> tuple[str, ...]:
        """The words searched for; a call must hold every one."""
        return terms_of(self.search)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The same as they stand in numbers of callers and cases."""
        return tuple(number_of(term) for term in self.terms)

    def address(self, **changes: str) -> dict[str, str]:
        """The filters as arguments of an address, with some changed; '' takes one out."""
        filters = {
            "category": self.category.value if self.category else "",
            "day": self.day.isoformat() if self.day else "",
            "state": self.state.value if self.state else "",
            "q": self.search,
            "urgent": "1" if self.urgent else "",
            "unsure": "1" if self.unsure else "",
        }
        return {name: value for name, value in (filters | changes).items() if value}


def _one_of(kind: type[Choice], address: Mapping[str, str], name: str) -> Choice | None:
    value = address.get(name, "")
    try:
        return kind(value) if value else None
    except ValueError:
        raise FilterUnknown(name, value) from None


def _day(address: Mapping[str, str]) -> date | None:
    value = address.get("day", "")
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        raise FilterUnknown("day", value) from None
    if day and not 2000 <= day.year < 2200:  # beyond these a day in another zone can fall off the calendar
        raise FilterUnknown("day", value)
    return day


def _known(address: Mapping[str, str], name: str, only: str) -> str:
    value = address.get(name, "")
    if value not in ("", only):
        raise FilterUnknown(name, value)
    return value


def _search(address: Mapping[str, str]) -> str:
    value = "".join(sign for sign in address.get("q", "") if sign.isprintable() or sign.isspace()).strip()
    if len(value) > LONGEST_SEARCH:
        raise FilterUnknown("q", value)
    return " ".join(value.split())
