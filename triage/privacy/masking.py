"""Masking a text: everything personal out of it, wherever it stands and however often."""

import re
from collections.abc import Iterable, Iterator

from triage.privacy.finding import LABELS, Found, Kind, Redacted
from triage.privacy.numbers import numbers
from triage.privacy.reading import Reading, read
from triage.privacy.words import words


def redact(text: str) -> Redacted:
    """Mask a text of any length; never raises.

    What was found once is masked wherever it is said again, and the search goes on until nothing more is found, so that
    masking the masked text changes nothing.
    """
    reading = read(text)
    found: tuple[Found, ...] = ()
    while more := _first_named([*_search(reading), *_again(text, reading, found)]):
        found += more
        reading = reading.without(more)
    ordered = tuple(sorted(found, key=lambda each: each.start))
    return Redacted(_masked(text, ordered), ordered)


def _search(reading: Reading) -> Iterator[Found]:
    """Numbers first: an address must not swallow half a telephone number."""
    yield from numbers(reading)
    yield from words(reading)


def _again(text: str, reading: Reading, found: Iterable[Found]) -> Iterator[Found]:
    """The same characters elsewhere, if they are long enough to be no accident."""
    said = {(read(text[each.start : each.end]).text, each.kind) for each in found}
    for words_said, kind in sorted(said):
        if len(words_said) >= (2 if kind is Kind.NAME else 7):
            for match in re.finditer(re.escape(words_said), reading.text):
                yield reading.found(kind, *match.span())


def _first_named(found: list[Found]) -> tuple[Found, ...]:
    """Without overlaps: of two that overlap the one named first stays."""
    ranked = sorted(enumerate(found), key=lambda each: (each[1].start, each[0]))
    kept: list[tuple[int, Found]] = []
    for rank, each in ranked:
        while kept and kept[-1][1].end > each.start and kept[-1][0] > rank:
            kept.pop()
        if not kept or kept[-1][1].end <= each.start:
            kept.append((rank, each))
    return tuple(each for _, each in kept)


def _masked(text: str, found: tuple[Found, ...]) -> str:
    pieces, place = [], 0
    for each in found:
        pieces += [text[place : each.start], f"〔{LABELS[each.kind]}〕"]
        place = each.end
    return "".join([*pieces, text[place:]])
