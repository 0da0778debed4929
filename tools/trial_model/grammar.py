"""Sentences from rules: hotline.txt says how, a seed says which."""

import random
import re
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
DIGITS = "零一二三四五六七八九"
SAID_YAO = 0.6
"""How often a one in a row of digits is said 幺."""


class Grammar:
    """The rules of a file, and the chance that picks among them."""

    def __init__(self, seed: int, rules: Path = HERE / "hotline.txt") -> None:
        self._chance = random.Random(seed)
        self._ways: dict[str, list[str]] = defaultdict(list)
        for line in rules.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                name, _, ways = line.partition(":")
                self._ways[name] += [way.strip() for way in ways.split("|")]

    def sentence(self, rule: str = "sentence") -> str:
        """One sentence of Hanzi, without signs."""
        way = self._chance.choice(self._ways[rule])
        return re.sub(r"\{([^}]+)\}", lambda slot: self._slot(slot[1]), way)

    def _slot(self, slot: str) -> str:
        name, _, size = slot.partition(" ")
        if name == "n":
            low, high = map(int, size.split("-"))
            return in_words(self._chance.randint(low, high))
        if name == "digits":
            return self._row(int(size))
        if name == "account":
            return self._row(self._chance.choice((8, 10, 10, 13)))
        if name == "phone":
            return (
                ("幺" if self._chance.random() < SAID_YAO else "一") + self._chance.choice("三五七八九") + self._row(9)
            )
        return self.sentence(name)

    def _row(self, length: int) -> str:
        digits = (self._chance.choice(DIGITS) for _ in range(length))
        return "".join("幺" if each == "一" and self._chance.random() < SAID_YAO else each for each in digits)


def in_words(number: int) -> str:
    """A number under 10,000 as it is said: 12 -> 十二, 305 -> 三百零五."""
    if number < 10:
        return DIGITS[number]
    if number < 20:
        return "十" + in_words(number - 10) * (number > 10)
    unit, name = next(pair for pair in ((1000, "千"), (100, "百"), (10, "十")) if number >= pair[0])
    rest = number % unit
    if not rest:
        return DIGITS[number // unit] + name
    gap = "零" if rest < unit // 10 else ""
    tens = "一" if 10 <= rest < 20 else ""
    return DIGITS[number // unit] + name + gap + tens + in_words(rest)
