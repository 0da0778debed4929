"""What can be said beside a prompt: a number, a time, a date, an amount of money; said in the caller's language."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from types import ModuleType

from ivr.prompts import english_pieces, pieces
from ivr.prompts.language import Language

PIECES: dict[Language, ModuleType] = {Language.MANDARIN: pieces, Language.ENGLISH: english_pieces}
"""What strings pieces together, by language."""


@dataclass(frozen=True, slots=True)
class Digits:
    """A number dictated digit by digit: a case number, a customer number."""

    number: str


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something, 0 to 99,999,999."""

    number: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in the utility's zone."""

    time: datetime.time


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year."""

    date: datetime.date


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of yuan, from 0 on."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a day as people say it: this afternoon at three, tomorrow; both in the utility's zone."""

    at: datetime.datetime
    now: datetime.datetime
    day_only: bool = False


Spoken = Digits | Count | Clock | Day | Money | Moment


def ids_of(spoken: Spoken, language: Language) -> list[str]:
    """The prompts that say it, in the order to be played. Raises NumberOutOfRange."""
    said: ModuleType = PIECES[language]
    match spoken:
        case Digits(number):
            ids = said.digits(number)
        case Count(number):
            ids = said.cardinal(number)
        case Clock(time):
            ids = said.clock(time)
        case Day(date):
            ids = said.calendar_day(date)
        case Money(amount):
            ids = said.money(amount)
        case Moment(at, now, day_only):
            ids = said.moment(at, now, day_only=day_only)
    return list(ids)
