"""Opening hours: when a menu or a branch is open, by kind of day, with the utility's own dates before all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ivr.errors import IvrError
from ivr.working_days import DayKind, kind_of_day

DAY = 24 * 60
"""Minutes of a day."""
LINES = frozenset({"workdays", "weekends", "saturdays", "sundays", "holidays", "dates"})
"""What a table of hours may hold."""
_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～]\s*(\d{1,2})[:：](\d{2})")


class HoursWrong(IvrError):
    """A line of the opening hours that cannot be; `key` is its name."""

    error_id = "hours-wrong"

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


@dataclass(frozen=True, slots=True)
class Span:
    """From one minute of the day to another, the end excluded; one that ends before it begins goes past midnight."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


@dataclass(frozen=True, slots=True)
class Hours:
    """When something is open. A day without a line of its own is closed all day."""

    name: str
    days: Mapping[DayKind, tuple[Span, ...]]
    dates: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    """Single days that go by no rule."""

    def spans(self, day: date) -> tuple[Span, ...]:
        """When it is open on a day."""
        return self.dates[day] if day in self.dates else self.days.get(kind_of_day(day), ())

    def open_at(self, moment: datetime) -> bool:
        """Whether it is open at a moment, which is given in the utility's own time."""
        minute = moment.hour * 60 + moment.minute
        today, before = self.spans(moment.date()), self.spans(moment.date() - timedelta(days=1))
        return any(
            span.start <= minute < span.end if span.start < span.end else minute >= span.start for span in today
        ) or any(span.start >= span.end and minute < span.end for span in before)

    def __str__(self) -> str:
        """In one line: 'workdays 08:30-17:30, other days closed'."""
        said = [f"{kind} {' '.join(map(str, spans))}" for kind, spans in self.days.items() if spans]
        closed = "" if len(said) == len(DayKind) else "other days closed"
        own = f"{len(self.dates)} date(s) of their own" if self.dates else ""
        return ", ".join(part for part in (*said, closed, own) if part)


def read_hours(name: str, table: Mapping[str, Any]) -> Hours:
    """Hours from a table of the menu file. Raises HoursWrong for a line that is none."""
    for key in table:
        if key not in LINES:
            raise HoursWrong(key, f"unknown name {key!r}; choose from {', '.join(sorted(LINES))}")
    weekends = _spans("weekends", table.get("weekends", []))
    days = {kind: _spans(str(kind), table[str(kind)]) for kind in DayKind if str(kind) in table}
    for kind in (DayKind.SATURDAY, DayKind.SUNDAY):
        days.setdefault(kind, weekends)
    dates = table.get("dates", {})
    if not isinstance(dates, dict):
        raise HoursWrong("dates", f'[hours.{name}.dates] must be a table of days, such as 2026-12-31 = "08:30-12:00"')
    return Hours(name, days, {_date(day): _spans(day, spans) for day, spans in dates.items()})


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HoursWrong(text, f"{text!r} is no day; write it as 2026-12-31") from None


def _spans(key: str, value: Any) -> tuple[Span, ...]:
    """ "08:30-17:30", or a list of such, or an empty list for closed."""
    texts: Sequence[Any] = [value] if isinstance(value, str) else value
    if not isinstance(texts, list):
        raise HoursWrong(key, f'{key} = {value!r} is no time; write "08:30-17:30", a list of such, or [] for closed')
    return tuple(_span(key, text) for text in texts)


def _span(key: str, text: Any) -> Span:
    found = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    numbers = [int(number) for number in found.groups()] if found else []
    if found is None or numbers[1] > 59 or numbers[3] > 59:
        raise HoursWrong(key, f'{key}: {text!r} is no time; write "08:30-17:30", or [] for closed')
    start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if start >= DAY or end > DAY or start == end:
        raise HoursWrong(key, f'{key}: {text!r} is no span of a day; all day is "00:00-24:00"')
    return Span(start, end)
