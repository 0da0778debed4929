"""A transcript's first words for the list, with what was searched for marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    """Where the terms stand in the text, as (start, end), in order; commas between passages count for nothing."""
    bare = [term.replace("，", "") for term in terms]
    patterns = ["，?".join(map(re.escape, term)) for term in bare if term]
    if not patterns:
        return []
    found = re.finditer("|".join(sorted(patterns, key=len, reverse=True)), text, re.IGNORECASE)
    return [match.span() for match in found]
