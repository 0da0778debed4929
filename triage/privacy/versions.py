"""What the digits of a stretch may be together: as said, without repetitions, without what was taken back."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from triage.privacy.runs import SHORTEST, Digit, Joint

LONGEST = 24
"""Digits of the longest number that is looked for."""

_SLIPS_TRIED = 6


def versions(digits: Sequence[Digit]) -> Iterator[str]:
    """Every number that these digits may be, the likeliest first.

    The first and the last digit belong to each of them, but for those that the speaker took back.
    """
    for heard in _heard(digits):
        yield "".join(digit.value for digit in heard)
        groups = _groups(heard)
        once = [
            group for place, group in enumerate(groups) if place == 0 or len(group) < 2 or group != groups[place - 1]
        ]
        if len(once) < len(groups):
            yield "".join(once)
        for place, digit in enumerate(heard):
            if place and digit.corrected:
                yield from _taken_back(heard, place)


def repeats(digits: Sequence[Digit]) -> bool:
    """Whether some group is said twice in a row, as when an agent reads it back."""
    groups = _groups(digits)
    return any(len(one) > 1 and one == other for one, other in pairwise(groups))


def _heard(digits: Sequence[Digit]) -> Iterator[Sequence[Digit]]:
    """The digits without, then with those that are only perhaps digits."""
    slips = [place for place, digit in enumerate(digits) if digit.slip]
    if not slips:
        yield digits
        return
    if len(slips) > _SLIPS_TRIED:
        choices: list[tuple[bool, ...]] = [(False,) * len(slips), (True,) * len(slips)]
    else:
        choices = sorted(product((False, True), repeat=len(slips)), key=sum)
    for choice in choices:
        gone = {place for place, kept in zip(slips, choice, strict=True) if not kept}
        if 0 not in gone and len(digits) - 1 not in gone:
            yield [digit for place, digit in enumerate(digits) if place not in gone]


def _groups(digits: Sequence[Digit]) -> list[str]:
    groups: list[str] = []
    for digit in digits:
        if digit.joint >= Joint.LOOSE or not groups:
            groups.append("")
        groups[-1] += digit.value
    return groups


def _taken_back(digits: Sequence[Digit], place: int) -> Iterator[str]:
    before = "".join(digit.value for digit in digits[:place])
    after = "".join(digit.value for digit in digits[place:])
    for kept in range(max(0, SHORTEST - len(after)), min(len(before), LONGEST - len(after) + 1)):
        yield before[:kept] + after
