"""Counting what is said: in Chinese one character is one syllable."""

import re

from quality.masked import stand_ins

PIECES = re.compile(r"[a-z]*[aeiouy][a-z]*|[a-z]+", re.IGNORECASE)
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def syllables(text: str) -> int:
    """Hanzi and digits one each; a Latin word by its groups of vowels, letters that are spelt one each.

    The label of something masked counts as what it stands for.
    """
    text = stand_ins(text)
    single = sum(1 for each in text if "\u3400" <= each <= "\u9fff" or each.isdecimal() or each == "〇")
    latin = sum(len(VOWELS.findall(word)) or len(word) for word in PIECES.findall(text))
    return single + latin
