"""What was found once is masked wherever it is said again, in the same words or the same digits."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from triage.privacy.finding import Found, Kind
from triage.privacy.reading import WALL, Reading
from triage.privacy.runs import SHORTEST, Digit, runs

_NAME_LENGTH = 2
"""A surname alone is in too many other words to be looked for again."""


def again(reading: Reading, said: Sequence[tuple[str, Kind]]) -> Iterator[Found]:
    """Where pieces found before, as they were read, stand elsewhere; only those long enough to be no accident."""
    known = {
        (words, kind)
        for words, kind in said
        if len(words) >= (_NAME_LENGTH if kind is Kind.NAME else SHORTEST) and WALL not in words
    }
    yield from _same_words(reading, known)
    yield from _same_digits(reading, {_digits(run): kind for words, kind in known for run in runs(words)})


def _same_words(reading: Reading, known: set[tuple[str, Kind]]) -> Iterator[Found]:
    by_beginning: defaultdict[str, list[tuple[str, Kind]]] = defaultdict(list)
    for words, kind in sorted(known, key=lambda each: (-len(each[0]), each)):
        by_beginning[words[:2]].append((words, kind))
    text, place = reading.text, 0
    if not by_beginning:
        return
    while place < len(text):
        for words, kind in by_beginning.get(text[place : place + 2], ()):
            if text.startswith(words, place):
                yield reading.found(kind, place, place + len(words))
                place += len(words) - 1
                break
        place += 1


def _same_digits(reading: Reading, known: dict[str, Kind]) -> Iterator[Found]:
    lengths = sorted({len(digits) for digits in known}, reverse=True)
    if not lengths:
        return
    for run in runs(reading.text):
        sure = [digit for digit in run if not digit.slip]
        said, first = _digits(run), 0
        while first < len(sure):
            length = next(
                (each for each in lengths if first + each <= len(sure) and said[first : first + each] in known), 0
            )
            if length:
                yield reading.found(
                    known[said[first : first + length]], sure[first].start, sure[first + length - 1].end
                )
            first += length or 1


def _digits(run: Sequence[Digit]) -> str:
    return "".join(digit.value for digit in run if not digit.slip)
