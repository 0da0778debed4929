"""Numbers, times, dates and money in English, as prompts strung together; the ids in the order to be played."""

import datetime
import functools
from decimal import Decimal

from ivr.prompts.errors import NumberOutOfRange
from ivr.prompts.pieces import LARGEST, digits, districts, fen

__all__ = ["all_pieces", "calendar_day", "cardinal", "clock", "digits", "districts", "moment", "money"]


def cardinal(number: int) -> list[str]:
    """A count, 0 to 99,999,999: 205 is two hundred and five. Raises NumberOutOfRange."""
    if not 0 <= number <= LARGEST:
        raise NumberOutOfRange(f"{number} cannot be said; the pieces go from 0 to {LARGEST}")
    ids: list[str] = []
    for unit, name in ((1_000_000, "number.million"), (1000, "number.thousand")):
        if number >= unit:
            ids += [*_below_thousand(number // unit), name]
            number %= unit
    if number or not ids:
        ids += [*(["number.and"] if ids and number < 100 else []), *_below_thousand(number)]
    return ids


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    ids = [f"digit.{hundreds}", "number.hundred"] if hundreds else []
    if rest or not hundreds:
        ids += [*(["number.and"] if hundreds else []), *_below_hundred(rest)]
    return ids


def _below_hundred(number: int) -> list[str]:
    if number < 10:
        return [f"digit.{number}"]
    if number < 20:
        return [f"number.{number}"]
    ones = number % 10
    return [f"number.{number - ones}", *([f"digit.{ones}"] if ones else [])]


def clock(time: datetime.time) -> list[str]:
    """A time of day: 10:30 is ten thirty A M, 14:05 is two oh five P M; noon and midnight. Seconds are not said."""
    if time.minute == 0 and time.hour in (0, 12):
        return ["clock.noon" if time.hour else "clock.midnight"]
    ids = _below_hundred(time.hour % 12 or 12)
    if time.minute:
        ids += [*(["clock.oh"] if time.minute < 10 else []), *_below_hundred(time.minute)]
    return [*ids, "clock.am" if time.hour < 12 else "clock.pm"]


def calendar_day(date: datetime.date) -> list[str]:
    """Month and day: 21 November is November the twenty first."""
    return [f"month.{date.month}", f"day.{date.day}"]


def money(amount: Decimal) -> list[str]:
    """An amount of yuan, rounded to fen: 86.35 is eighty six point three five yuan. Raises NumberOutOfRange."""
    yuan, rest = divmod(fen(amount), 100)
    parts = f"{rest:02}".rstrip("0")
    return [*cardinal(yuan), *(["number.point", *digits(parts)] if parts else []), "money.yuan"]


def moment(at: datetime.datetime, now: datetime.datetime, *, day_only: bool = False) -> list[str]:
    """A moment as people say it: today, three P M; November the twenty first. Both in the utility's zone."""
    ahead = (at.date() - now.date()).days
    day = {0: ["when.today"], 1: ["when.tomorrow"]}.get(ahead, calendar_day(at.date()))
    return day if day_only else [*day, *clock(at.time())]


@functools.cache
def all_pieces() -> frozenset[str]:
    """Every id that these functions can name, found by asking them."""
    midnight = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    ids = {*digits("0123456789"), *cardinal(1_001_001), *money(Decimal("1.01"))}
    for number in range(1000):
        ids.update(cardinal(number))
    for minute in range(24 * 60):
        ids.update(clock((midnight + datetime.timedelta(minutes=minute)).time()))
    for day in range(366):
        ids.update(calendar_day(midnight.date() + datetime.timedelta(days=day)))
    for ahead in range(2):
        ids.update(moment(midnight + datetime.timedelta(days=ahead), midnight))
    ids.update(districts("1234567"))
    return frozenset(ids)
