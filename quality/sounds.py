"""How characters sound, so that a recogniser's homophones do not hide a word.

Every character is read by itself and not in its phrase, so that the same character always sounds the same. That is a
choice: "管不了" and "管不料" are then no homophones, but nothing depends on how a whole sentence was cut into words.
"""

from functools import cache

from pypinyin import Style, pinyin

FIRST_PRIVATE = 0xE000
"""Syllables become single characters of Unicode's private area: a pattern of sounds is then a plain regular one."""

ALIKE = str.maketrans("您妳得地她它", "你你的的他他")
"""Written apart and meant alike by these rules: 您 and 你, the three particles de, and 他 in its three writings."""

_syllables: dict[str, str] = {}


@cache
def toned(character: str) -> str:
    """Its reading with the tone as a digit ('zhi1'); itself when it has none."""
    return pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0][0]


@cache
def sound(character: str) -> str:
    """One character that stands for its syllable without the tone; itself when it has no reading."""
    reading = toned(character)
    if reading == character or not reading[:-1].isalpha():
        return character
    return _syllables.setdefault(reading[:-1], chr(FIRST_PRIVATE + len(_syllables)))


def sounds(text: str) -> str:
    """The same for a whole text, of the same length."""
    return "".join(map(sound, text))


def heard_as(meant: str, heard: str) -> bool:
    """Whether `heard` may be `meant`, as a recogniser hears it; both of the same length and without tones the same.

    Characters of the same syllable and tone are taken for each other in words of two or more; of the same
    syllable and another tone only in phrases of four or more, and for at most half of them. The shorter, the
    more words sound like it: 滚 and 棍 must not be one.
    """
    if meant == heard:
        return True
    if len(meant) < 2:
        return False
    loose = sum(toned(one) != toned(other) for one, other in zip(meant, heard, strict=True))
    return loose == 0 or (len(meant) >= 4 and loose <= len(meant) // 2)
