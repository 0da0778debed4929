"""Where a sentence has numbers, and how they are written: 户号 in figures, 2026年11月, 320块5, 5%, 10点半."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from asr.numerals import as_digits, value

_D = "[零〇一二三四五六七八九幺]"
_N = "(?:[零〇一二两三四五六七八九十百万亿]|千(?![瓦伏克米卡安]))+"
_UNITS = "度|千瓦|平|倍|米|公里|吨|块|元|万|亿|毫米|厘米|安|伏"
_PATTERN = re.compile(
    rf"(?P<percent>百分之(?P<whole>{_N})(?:点(?P<part>{_D}+))?)"
    rf"|(?P<year>{_D}{{4}}|{_D}{{2}})(?=年)"
    rf"|(?P<month>{_N})(?=月(?!亮))(?:月(?P<day>{_N})(?=[日号]))?"
    rf"|(?P<code>[零〇一二三四五六七八九幺两]{{5,}})(?![十百千万亿])"
    rf"|(?P<named>(?:户号|表号|编号|尾号|工号|卡号|号码|热线|验证码)是?)(?P<short>{_D}{{3,4}})(?![零一二三四五六七八九幺两十百千万亿])"
    rf"|(?P<decimal>{_N})点(?P<places>{_D}+)(?={_UNITS})"
    rf"|(?P<hour>{_N})点(?P<minute>{_N}(?=分(?!之)|$|[^个度千百万零一二三四五六七八九十])|(?=[半整钟多]|[一三]刻))"
    rf"|(?<=[午上晨])(?P<sharp>{_N})(?=点)"
    rf"|(?P<money>{_N})(?P<coin>[块元])(?P<cents>[一二三四五六七八九](?![十百千万亿个]))?"
    rf"|(?P<house>{_N})(?=号楼|栋|幢|单元|室|号院|号门)"
    rf"|(?P<count>{_N})"
)
_APPROXIMATE = re.compile("[几数]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text."""

    start: int
    """First character."""
    end: int
    """Behind the last character."""
    text: str
    """How it is written."""
    bare: bool
    """True when nothing beside it says that it is a number: 千万 may be many things."""


def find_figures(text: str) -> Iterator[Figure]:
    """Yield the numbers of a text in order; what is not said as numbers are (二三十户, 七八趟) is left alone."""
    for found in _PATTERN.finditer(text):
        around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        written = "" if _APPROXIMATE.search(around) else _written(found)
        if written and written != found[0]:
            yield Figure(found.start(), found.end(), written, bare=found.lastgroup == "count")


def _written(found: "re.Match[str]") -> str:
    """The figures, or nothing when it is no number."""
    part = {name: each for name, each in found.groupdict().items() if each is not None}
    if code := part.get("code") or part.get("year"):
        return as_digits(code)
    if short := part.get("short"):
        return part["named"] + as_digits(short)
    if "percent" in part:
        return _joined(_figure(part["whole"]), "." + as_digits(part["part"]) if "part" in part else "", "%")
    if "month" in part:
        day = "月" + (_within(part["day"], 31) or part["day"]) if "day" in part else ""
        return _joined(_within(part["month"], 12), day)
    if "hour" in part:
        return _joined(_within(part["hour"], 24), "点", _within(part["minute"], 59) if part["minute"] else "")
    if "sharp" in part:
        return _within(part["sharp"], 24)
    if "money" in part:
        return _joined(_figure(part["money"]), part["coin"], _figure(part["cents"]) if "cents" in part else "")
    if "decimal" in part:
        return _joined(_figure(part["decimal"]), "." + as_digits(part["places"]))
    if house := part.get("house"):
        return _figure(house) or (as_digits(house) if not set(house) & set("两十百千万亿") else "")
    number = value(found[0])
    return str(number) if number is not None and number >= 10 else ""


def _joined(first: str, *rest: str) -> str:
    return first + "".join(rest) if first else ""


def _figure(spoken: str) -> str:
    number = value(spoken)
    return "" if number is None else str(number)


def _within(spoken: str, most: int) -> str:
    number = value(spoken)
    return "" if number is None or number > most else str(number)
