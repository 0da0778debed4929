"""How far people who judged the same calls agree, beyond what chance alone would bring."""

from collections import Counter
from collections.abc import Hashable, Sequence


def cohens_kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Two people's judgements of the same items, in the same order; 1 is full agreement, 0 that of chance.

    None where nothing can be said: no items, or both gave one and the same answer throughout.
    J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 1960.
    Raises ValueError when the rows differ in length.
    """
    if len(one) != len(other):
        raise ValueError("both must have judged the same items")
    if not one:
        return None
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    first, second = Counter(one), Counter(other)
    chance = sum(first[answer] * second[answer] for answer in first) / len(one) ** 2
    return _beyond(agreed, chance)


def fleiss_kappa(judgements: Sequence[Sequence[Hashable]]) -> float | None:
    """For each item the answers of its judges, as many (two or more) for every item; whose they are is no matter.

    None as above. J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76, 1971.
    Raises ValueError when items have different numbers of judges, or one judge only.
    """
    if not judgements:
        return None
    judges = len(judgements[0])
    if judges < 2 or any(len(answers) != judges for answers in judgements):
        raise ValueError("every item needs the same number of judges, two or more")
    counts = [Counter(answers) for answers in judgements]
    agreed = sum(_pairs(count, judges) for count in counts) / len(counts)
    total = sum(counts, Counter[Hashable]())
    chance = sum((number / (judges * len(counts))) ** 2 for number in total.values())
    return _beyond(agreed, chance)


def _pairs(count: Counter[Hashable], judges: int) -> float:
    """Which share of the pairs of judges agrees on one item."""
    return sum(number * (number - 1) for number in count.values()) / (judges * (judges - 1))


def _beyond(agreed: float, chance: float) -> float | None:
    return None if chance >= 1 else (agreed - chance) / (1 - chance)
