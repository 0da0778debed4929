"""Masking a text: everything personal out of it, wherever it stands and however often."""

from collections.abc import Iterable, Iterator

from triage.privacy.finding import LABELS, Found, Kind, Redacted
from triage.privacy.names import names
from triage.privacy.numbers import numbers
from triage.privacy.places import places
from triage.privacy.reading import Reading, read
from triage.privacy.repeating import again
from triage.privacy.written_forms import EMAIL, PLATE

Said = tuple[str, Kind]
"""A piece of personal data in the words in which it was said."""


def redact(text: str, also: Iterable[Said] = ()) -> Redacted:
    """Mask a text of any length; never raises. `also`: what was found elsewhere, such as in the other side's words.

    What was found once is masked wherever it is said again, and the search goes on until nothing more is found, so that
    masking the masked text changes nothing.
    """
    reading = read(text)
    found: tuple[Found, ...] = ()
    elsewhere = again(reading, [(read(words).text, kind) for words, kind in also])
    more = _first_named([*_search(reading), *elsewhere])
    while more:
        found += more
        reading = reading.without(more)
        said = {(text[each.start : each.end], each.kind) for each in more}
        repeated = again(reading, [(read(words).text, kind) for words, kind in said])
        more = _first_named([*_search(reading), *repeated])
    ordered = tuple(sorted(found, key=lambda each: each.start))
    return Redacted(_masked(text, ordered), ordered)


def redact_again(text: str, said: Iterable[Said]) -> Redacted:
    """Mask only what was found elsewhere, and nothing that shows itself here; never raises."""
    reading = read(text)
    found = _first_named(list(again(reading, [(read(words).text, kind) for words, kind in said])))
    return Redacted(_masked(text, found), found)


def said_in(text: str) -> set[Said]:
    """The personal data in a text, in its words: what is to be masked elsewhere too."""
    return {(text[each.start : each.end], each.kind) for each in redact(text).found}


def _search(reading: Reading) -> Iterator[Found]:
    """What is named first wins where two overlap: an address must not swallow half a telephone number."""
    text = reading.text
    yield from (reading.found(Kind.EMAIL, *match.span()) for match in EMAIL.finditer(text))
    yield from numbers(reading)
    yield from (reading.found(Kind.PLATE, *match.span()) for match in PLATE.finditer(text))
    yield from (reading.found(Kind.NAME, *span) for span in names(text))
    yield from (reading.found(Kind.ADDRESS, *span) for span in places(text))


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
