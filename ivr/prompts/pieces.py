"""Numbers, times and dates as prompts strung together. Every function gives prompt ids in the order to be played."""

import datetime
import functools
from collections.abc import Iterable

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


def amount(fen: int) -> list[str]:
    """Money, given in fen: 8830 is 八十八元三角, 1205 is 十二元零五分, 50 is 五角, 0 is 零元.

    From 0 to 99,999,999 yuan, in ten thousands from there on: 20,035 yuan are 两万零三十五元. Raises NumberOutOfRange.
    """
    yuan, jiao, cents = fen // 100, fen // 10 % 10, fen % 10
    if not 0 <= yuan <= 9999_9999:
        raise NumberOutOfRange(f"{fen} fen cannot be said; amounts go from 0 to 99,999,999 yuan")
    ids = [*_large(yuan), "money.yuan"] if yuan or not fen else []
    if jiao:
        ids += [*_counted(jiao), "money.jiao"]
    if cents:
        ids += [*(["digit.0"] if yuan and not jiao else []), *_counted(cents), "money.fen"]
    return ids


def _large(number: int) -> list[str]:
    """A count before a measure word, beyond 9999 in ten thousands."""
    high, low = divmod(number, 10000)
    if not high:
        return _counted(low)
    gap = ["digit.0"] if 0 < low < 1000 else []
    return [*_counted(high), "number.10000", *gap, *(cardinal(low) if low else [])]


def _counted(number: int) -> list[str]:
    """A count before a measure word: 2 alone is 两."""
    return ["number.2-liang"] if number == 2 else cardinal(number)


def moment(at: datetime.datetime, now: datetime.datetime, *, day_only: bool = False) -> list[str]:
    """A moment as people say it: 今天下午三点, 明天上午十点半, 十一月二十一号晚上八点. Both in the utility's zone."""
    ahead = (at.date() - now.date()).days
    day = {0: ["when.today"], 1: ["when.tomorrow"]}.get(ahead, calendar_day(at.date()))
    return day if day_only else [*day, *clock(at.time())]


def districts(keys: Iterable[str]) -> list[str]:
    """Each district's name with the key that chooses it: 城区，请按一。"""
    return [piece for key in keys for piece in (f"district.{key}", f"press.{key}")]


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
    for fen in (*range(10000), 2_0000_00):
        ids.update(amount(fen))
    for ahead in range(2):
        ids.update(moment(midnight + datetime.timedelta(days=ahead), midnight))
    ids.update(districts("1234567"))
    return frozenset(ids)
