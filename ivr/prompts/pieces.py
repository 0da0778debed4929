"""Numbers, times, dates and money in Mandarin, as prompts strung together; the ids in the order to be played."""

import datetime
import functools
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from ivr.prompts.errors import NumberOutOfRange

LARGEST = 99_999_999
"""The largest number that can be said."""

_PARTS_OF_DAY = ((5, "before-dawn"), (8, "early"), (12, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
"""The hour before which a part of the day ends, and its prompt: 凌晨 早上 上午 中午 下午 晚上."""


def digits(number: str) -> list[str]:
    """A number dictated digit by digit, 1 as 幺. Raises NumberOutOfRange for anything but digits."""
    if not (number.isascii() and number.isdigit()):
        raise NumberOutOfRange(f"{number!r} cannot be read digit by digit; give digits 0 to 9 only")
    return [f"digit.{digit}" for digit in number]


def cardinal(number: int) -> list[str]:
    """A count, 0 to 99,999,999: 205 is 两百零五, 115 is 一百一十五, 20005 is 两万零五. Raises NumberOutOfRange."""
    if not 0 <= number <= LARGEST:
        raise NumberOutOfRange(f"{number} cannot be said; the pieces go from 0 to {LARGEST}")
    if number == 0:
        return ["digit.0"]
    high, rest = divmod(number, 10000)
    if not high:
        return _below_wan(rest)
    return [*_before_unit(high), "number.wan", *(_below_wan(rest, gap=rest < 1000, first=False) if rest else [])]


def _below_wan(number: int, *, gap: bool = False, first: bool = True) -> list[str]:
    """1 to 9999; with a gap it follows 万 after a missing place, and gets 零 before it."""
    ids: list[str] = []
    for unit in (1000, 100, 10, 1):
        part = number // unit % 10 * unit
        if part == 0:
            gap = gap or bool(ids)
            continue
        if gap:
            ids.append("digit.0")
        ids.append(_part(part, first=first and not ids))
        gap = False
    return ids


def _before_unit(number: int) -> list[str]:
    """A count before 万, 元, 角 or 分: two of them are 两."""
    return ["number.liang"] if number == 2 else cardinal(number)


def money(amount: Decimal) -> list[str]:
    """An amount of yuan, rounded to fen: 86.35 is 八十六元三角五分. Raises NumberOutOfRange, also below zero."""
    yuan, rest = divmod(fen(amount), 100)
    jiao, last = divmod(rest, 10)
    ids = [*_before_unit(yuan), "money.yuan"] if yuan or not rest else []
    if jiao:
        ids += [*_before_unit(jiao), "money.jiao"]
    elif last and yuan:
        ids.append("digit.0")
    return ids + ([*_before_unit(last), "money.fen"] if last else [])


def fen(amount: Decimal) -> int:
    """An amount of yuan in fen, halves rounded up. Raises NumberOutOfRange below zero."""
    if amount < 0:
        raise NumberOutOfRange(
            f"{amount} yuan cannot be said; say by a prompt that it is owed, and give it without sign"
        )
    return int((amount * 100).to_integral_value(ROUND_HALF_UP))


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
    for number in (*range(10000), 20000, 10010):
        ids.update(cardinal(number))
    for amount in ("2.22", "1.11", "3.05"):
        ids.update(money(Decimal(amount)))
    for minute in range(24 * 60):
        ids.update(clock((midnight + datetime.timedelta(minutes=minute)).time()))
    for day in range(366):
        ids.update(calendar_day(midnight.date() + datetime.timedelta(days=day)))
    for ahead in range(2):
        ids.update(moment(midnight + datetime.timedelta(days=ahead), midnight))
    ids.update(districts("1234567"))
    return frozenset(ids)
