"""Numbers as people say them, whole and with a half or decimals."""

import re

_SAID = ("零〇", "一幺", "二两", "三", "四", "五", "六", "七", "八", "九")
_DIGITS = {sign: value for value, signs in enumerate(_SAID) for sign in signs}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

NUMBER = (
    r"(?:[0-9]{1,16}(?:\.[0-9]{1,8})?|[零〇一二两三四五六七八九十百千万]{1,16}(?:点[零〇一二三四五六七八九]{1,8})?)"
)
"""Pattern of a number, written or said; bounded, so that endless digits cost no endless time."""

_NEIGHBOURS = "(?:一、?[二两]|[二两]、?三|三、?[四五]|四、?五|五、?六|六、?七|七、?八|八、?九)"
_VAGUE = "|".join(
    (
        "(?:(?:好?几|数)[十百千万]+|上[百千万]+|好几)[多来]?",  # 几十, 好几百, 上千; 几 alone is asked as often as told
        rf"{NUMBER}(?:[多来余]|好?几)[十百千万]*[多来]?",  # 十几, 一百多, 两百几十
        rf"(?:[零〇一二两三四五六七八九十百千万]{{0,12}}[十百千万零])?{_NEIGHBOURS}(?![零〇一二两三四五六七八九点])[十百千万]*[多来]?",
        "[百千万](?:把|十来?|儿?八[十百千])?(?![零〇一二两三四五六七八九十百千万])|个把",  # 百十来, 百八十, 千把
        rf"{NUMBER}个?[到至~～—–-]{NUMBER}",
    )
)
_HEDGE = "(?:(?:大概|大约|差不多|将近|接近|不到)[是有要]?)"

SAID = (
    "(?=[0-9零〇一二两三四五六七八九十百千万几好数上个大差将接不])"  # Most characters begin none: it saves time.
    "(?!千万|万一|(?<=千)万|(?<=万)一)"  # By all means and in case: they begin none either.
    rf"(?>{_HEDGE}?(?:{_VAGUE})|{_HEDGE}(?:半|{NUMBER})|(?<!几){NUMBER})"
)
"""Pattern of a number as it is told, exactly or vaguely."""

_EXACT = re.compile(rf"(?!(?:{_VAGUE})\Z){NUMBER}")


def amount(said: str) -> float | None:
    """The value of a number, None for one that is vague or for what is none.

    一百二十八 → 128, 三千五 → 3500, 一点五 → 1.5, 12.5 → 12.5; 几十, 十几, 两三百, 一百多 → None.
    """
    if not _EXACT.fullmatch(said):
        return None
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
