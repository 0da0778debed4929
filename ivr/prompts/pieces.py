"""Numbers, times and dates as prompts strung together. Every function gives prompt ids in the order to be played."""

import datetime
import functools

from ivr.prompts.errors import NumberOutOfRange

_PARTS_OF_DAY = ((5, "before-dawn"), (8, "early"), (12, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
"""The hour before which a part of the day ends, and its prompt: 凌晨 早上 上午 中午 下午 晚上."""


def digits(number: str) -> list[str]:
    """A number dictated digit by digit, 1 as 幺. Raises NumberOutOfRange for anything but digits."""
    if not (number.isascii() and number.isdigit()):
        raise NumberOutOfRange(f"{number!r} cannot be read digit by digit; give digits 0 to 9 only")
    return [f"digit.{digit}" for digit in number]


def cardinal(number: int) -> list[str]:
    """A count, 0 to 9999: 205 is 两百零五, 115 is 一百一十五, 2000 is 两千. Raises NumberOutOfRange."""
    if not 0 <= number <= 9999:
        raise NumberOutOfRange(f"{number} cannot be said; the pieces go from 0 to 9999")
    if number == 0:
        return ["digit.0"]
    ids: list[str] = []
    gap = False
    for unit in (1000, 100, 10, 1):
        part = number // unit % 10 * unit
        if part == 0:
            gap = bool(ids)
            continue
        if gap:
            ids.append("digit.0")
        ids.append(_part(part, first=not ids))
        gap = False
    return ids


def _part(part: int, *, first: bool) -> str:
    """One place of a cardinal: a ten in the middle is 一十, at the start 十; ones share the digits' audio, save 一."""
    if part == 10 and not first:
        return "number.10-inner"
    return f"number.{part}" if part >= 10 or part == 1 else f"digit.{part}"


def clock(time: datetime.time) -> list[str]:
    """A time of day with its part of the day: 10:30 is 上午十点半, 14:05 is 下午两点零五分. Seconds are not said."""
    part = next(name for end, name in _PARTS_OF_DAY if time.hour < end)
    hour = time.hour if time.hour <= 12 else time.hour - 12
    ids = [f"clock.{part}", f"clock.{hour}"]
    if time.minute == 0:
        return ids
    if time.minute == 30:
        return [*ids, "clock.half"]
    zero = ["digit.0"] if time.minute < 10 else []
    return [*ids, *zero, *cardinal(time.minute), "clock.minutes"]


def calendar_day(date: datetime.date) -> list[str]:
    """Month and day: 21 November is 十一月二十一号."""
    return [f"month.{date.month}", f"day.{date.day}"]


@functools.cache
def all_pieces() -> frozenset[str]:
    """Every id that these functions can name, found by asking them."""
    midnight = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    ids = set(digits("0123456789"))
    for number in range(10000):
        ids.update(cardinal(number))
    for minute in range(24 * 60):
        ids.update(clock((midnight + datetime.timedelta(minutes=minute)).time()))
    for day in range(366):
        ids.update(calendar_day(midnight.date() + datetime.timedelta(days=day)))
    return frozenset(ids)
