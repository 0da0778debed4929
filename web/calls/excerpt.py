"""A transcript's first words for the list, with what was searched for marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from recordings.search_words import sound, sounds_of

WIDTH = 60
"""Characters of an excerpt: one line of the list at 1280 px, three on a phone."""
LEAD = 12
"""Characters kept before the first hit when it lies further in."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    hit: bool = False


def excerpt(text: str, terms: Sequence[str], width: int = WIDTH) -> tuple[Piece, ...]:
    """The beginning of a text, or the surroundings of its first hit, cut to `width` characters."""
    hits = find_hits(text, terms)
    start = max(0, hits[0][0] - LEAD) if hits and hits[0][1] > width else 0
    end = start + width
    pieces = [Piece("…")] if start else []
    place = start
    for hit_start, hit_end in hits:
        if hit_start < place or hit_start >= end:
            continue
        if hit_start > place:
            pieces.append(Piece(text[place:hit_start]))
        place = min(hit_end, end)
        pieces.append(Piece(text[hit_start:place], hit=True))
    if text[place:end]:
        pieces.append(Piece(text[place:end]))
    if len(text) > end:
        pieces.append(Piece("…"))
    return tuple(pieces)


def find_hits(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand in the text, as (start, end), in order; commas between passages count for nothing.

    Signs that sound alike are found as well, as the search finds them.
    """
    wanted = _patterns(tuple(terms))
    if wanted is None:
        return []
    hits = [match.span() for match in wanted.written.finditer(text)]
    for start, end in _same_sounds(text, wanted.heard):
        if all(end <= hit_start or hit_end <= start for hit_start, hit_end in hits):
            hits.append((start, end))
    return sorted(hits)


class _Patterns(NamedTuple):
    """What is looked for in every text of a page."""

    written: re.Pattern[str]
    heard: tuple[tuple[re.Pattern[str], int], ...]
    """Over syllables with a space before and after each; and of how many syllables."""


@lru_cache(maxsize=64)
def _patterns(terms: tuple[str, ...]) -> _Patterns | None:
    bare = [term.replace("，", "") for term in terms]
    written = ["，?".join(map(re.escape, term)) for term in bare if term]
    if not written:
        return None
    heard = [syllables for syllables in map(sounds_of, bare) if syllables]
    return _Patterns(
        re.compile("|".join(sorted(written, key=len, reverse=True)), re.IGNORECASE),
        tuple((re.compile(f"(?= {re.escape(' '.join(each))} )"), len(each)) for each in heard),
    )


def _same_sounds(text: str, wanted: Sequence[tuple[re.Pattern[str], int]]) -> Iterator[tuple[int, int]]:
    """Where something stands that sounds as a term does, or as its pinyin says."""
    if not wanted or text.isascii():  # a number
        return
    signs = [(place, syllable) for place, syllable in enumerate(map(sound, text)) if syllable]
    heard = f" {' '.join(syllable for _, syllable in signs)} "
    for pattern, length in wanted:
        for start in (heard.count(" ", 0, match.start()) for match in pattern.finditer(heard)):
            yield signs[start][0], signs[start + length - 1][0] + 1
