"""What a string of digits can be by itself: the check of each kind of number."""

import re
from datetime import date

_REGION = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""First two digits of every province-level division (GB/T 2260), and of residents of Hong Kong, Macau and Taiwan."""
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:(?:00)?86)?(?:0(?:10|2\d)[2-8]\d{6,7}|0[3-9]\d{2}[2-8]\d{6,7})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_PUBLIC = re.compile(r"(?:0086|86)?(?:[48]00\d{7}|95\d{3,4}|96\d{3,4}|123\d{2}|1[0-2]\d|100\d{2}|116\d{3})")
_CARD = re.compile(r"(?:62|4|5[1-5])\d+")


def is_id_card(digits: str) -> bool:
    """An identity card: region, date of birth and check character (GB 11643, ISO 7064 mod 11-2)."""
    if not re.fullmatch(r"\d{17}[\dx]", digits) or not _REGION.match(digits):
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    rest = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(digits[:17])) % 11
    return 1900 <= born.year < 2100 and digits[17] == "10x98765432"[rest]


def is_bank_card(digits: str) -> bool:
    """A bank card: 16 to 19 digits, a known first part, and the check digit of Luhn (ISO/IEC 7812-1)."""
    if not 16 <= len(digits) <= 19 or not _CARD.fullmatch(digits):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def is_mobile(digits: str) -> bool:
    """A mobile number of the mainland, with or without 86."""
    return bool(_MOBILE.fullmatch(digits))


def is_landline(digits: str) -> bool:
    """A number with its area code: 010 and 02x, or three digits after the 0 elsewhere."""
    return bool(_LANDLINE.fullmatch(digits))


def is_local(digits: str) -> bool:
    """A landline said without its area code; only where the talk is of a telephone."""
    return bool(_LOCAL.fullmatch(digits))


def is_public(digits: str) -> bool:
    """A number that belongs to no person: hotlines, emergency calls, 400 and 800 numbers."""
    return bool(_PUBLIC.fullmatch(digits))


def is_date_first(digits: str) -> bool:
    """Digits that begin with a day of this or the last century, as numbers of cases do: 20260115…"""
    if not re.match(r"(?:19|20)\d{6}", digits):
        return False
    return 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:8]) <= 31
