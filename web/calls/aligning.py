"""A corrected text over the words that the machine heard, so that every sign still has its second."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

CLOSELY = 40_000
"""Pairs of the same sign, one here and one there, that are looked at in laying one text over the other."""


def aligned(words: Sequence[str], text: str) -> tuple[str, ...]:
    """The text cut into as many pieces as there are words, each piece where its word was; joined they are the text.

    What is the same stays with its word; what was put in goes with the word before it, what was taken out leaves its
    word shorter, or empty.
    """
    if not words:
        return ()
    heard = "".join(words)
    signs = [""] * (len(heard) or 1)
    for start, end, begin, behind in _steps(heard, text):
        if start == end:
            signs[max(0, start - 1)] += text[begin:behind]
            continue
        for at in range(start, end):
            own = begin + at - start
            signs[at] += text[min(own, behind) : behind if at == end - 1 else min(own + 1, behind)]
    pieces, at = [], 0
    for word in words:
        pieces.append("".join(signs[at : at + len(word)]))
        at += len(word)
    if not heard:
        pieces[0] = text
    return tuple(pieces)


def _steps(heard: str, text: str) -> Iterator[tuple[int, int, int, int]]:
    """Which part of the text stands for which part of what was heard: start and end there, begin and end here.

    Only where they differ is looked at closely, and there not at the signs that stand there too often.
    """
    same = _alike(heard, text)
    yield 0, same, 0, same
    heard, text = heard[same:], text[same:]
    behind = _alike(heard[::-1], text[::-1])
    ours, theirs = len(heard) - behind, len(text) - behind
    often = too_often(heard[:ours], text[:theirs])
    matcher = SequenceMatcher(often.__contains__, heard[:ours], text[:theirs], autojunk=False)
    for _, start, end, begin, until in matcher.get_opcodes():
        yield same + start, same + end, same + begin, same + until
    yield same + ours, same + len(heard), same + theirs, same + len(text)


def too_often(one: str, other: str) -> frozenset[str]:
    """The signs to leave out, the commonest first, so that no more than CLOSELY pairs of the same sign are left.

    What stands there again and again is no sure ground, and the time that is taken grows with the pairs: a caller who
    said one word a thousand times is laid out in milliseconds, not in a minute.
    """
    here, there = Counter(one), Counter(other)
    pairs = sorted((here[sign] * there[sign], sign) for sign in here.keys() & there.keys())
    left = sum(number for number, _ in pairs)
    often = set()
    while left > CLOSELY:
        number, sign = pairs.pop()
        left -= number
        often.add(sign)
    return frozenset(often)


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
