"""Numbers as people say them, whole and with a half or decimals."""

import re

_SAID = ("零〇", "一幺", "二两", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {sign: value for value, signs in enumerate(_SAID) for sign in signs}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千万]+(?:点[零〇一二三四五六七八九]+)?)"
"""Pattern of a number, written or said."""


def amount(said: str) -> float | None:
    """The value of a number, None for what is none: 一百二十八 → 128, 三千五 → 3500, 一点五 → 1.5, 12.5 → 12.5."""
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", said):
        return float(said)
    whole, _, part = said.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    digits = "".join(str(_DIGITS[sign]) for sign in part)
    return float(f"{value}.{digits}") if digits else float(value)


def _whole(said: str) -> int | None:
    if not said or any(sign not in _DIGITS and sign not in _UNITS for sign in said):
        return None
    if not any(sign in _UNITS for sign in said):
        return int("".join(str(_DIGITS[sign]) for sign in said))
    total = section = 0
    digit: int | None = None
    unit = 1
    for sign in said:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total, section, digit, unit = (total + section + (digit or 0)) * 10_000, 0, None, 10_000
        else:
            unit = _UNITS[sign]
            section += (1 if digit is None else digit) * unit
            digit = None
    if digit is not None:
        # 三千五 is 3500, 三千零五 is 3005.
        section += digit * (unit // 10 if unit > 10 and "零" not in said[-2:] and "〇" not in said[-2:] else 1)
    return total + section
