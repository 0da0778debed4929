"""Numbers as they are spoken, and the figures that people write for them."""

import re

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "幺": 1, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}

_SECTION = re.compile(
    r"(?:(?P<千>[一二两三四五六七八九])千)?(?:零?(?P<百>[一二两三四五六七八九])百)?"
    r"(?:零?(?P<十>[一二三四五六七八九])?(?P<ten>十))?(?:零?(?P<one>[一二两三四五六七八九]))?"
)


def as_digits(spoken: str) -> str:
    """Digits said one by one, as figures: 幺三八 is 138. Raises KeyError when a sign is no digit."""
    return "".join(str(DIGITS[sign]) for sign in spoken)


def value(spoken: str) -> int | None:
    """What a number with units is worth: 三百二十, 一千零五, 三万五, 两亿; None when it is not said as numbers are.

    A last digit without its unit counts as people say it: 三百二 is 320, 一万五 is 15,000.
    """
    if spoken in ("零", "〇"):
        return 0
    total = 0
    for sign, unit in (("亿", LARGE["亿"]), ("万", LARGE["万"])):
        before, found, spoken = spoken.rpartition(sign)
        if not found:
            continue
        part = value(before) if sign == "亿" else _section(before)
        if not part:
            return None
        total += part * unit
        if len(spoken) == 1 and spoken in DIGITS and spoken not in "零〇":
            return total + DIGITS[spoken] * unit // 10
    rest = _section(spoken) if spoken else 0
    return None if rest is None else total + rest


def _section(spoken: str) -> int | None:
    """A number below ten thousand."""
    found = _SECTION.fullmatch(spoken)
    if not found or not spoken:
        return None
    total = sum(DIGITS[found[sign]] * SMALL[sign] for sign in ("千", "百") if found[sign])
    if found["ten"]:
        total += DIGITS[found["十"] or "一"] * 10
    if found["one"]:
        unit = SMALL.get(spoken[-2], 1) if len(spoken) > 1 else 1
        total += DIGITS[found["one"]] * (unit // 10 if unit > 10 else 1)
    return total
