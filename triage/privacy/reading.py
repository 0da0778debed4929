"""A text as the search for personal data reads it, with the way back to each character of the original."""

import re
import unicodedata
from dataclasses import dataclass

from triage.privacy.finding import LABELS, Found, Kind
from triage.traditional import TO_SIMPLIFIED

WALL = "\ufffc"
"""Stands for data already masked. Nothing is read across it, and no rule matches it."""

_MASKED = re.compile("〔(?:" + "|".join(LABELS.values()) + ")〕")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text half-width, in lower case and simplified; marks without a width are left out."""

    text: str
    origin: tuple[int, ...]
    """For each character of `text`, the offset in the source it came from."""

    def found(self, kind: Kind, start: int, end: int) -> Found:
        """The stretch `text[start:end]` (not empty), as it lies in the source."""
        return Found(kind, self.origin[start], self.origin[end - 1] + 1)

    def without(self, gone: tuple[Found, ...]) -> "Reading":
        """The same reading with what was found turned into walls, every place unchanged."""
        letters = list(self.text)
        pieces = iter(sorted(gone, key=lambda each: each.start))
        piece = next(pieces, None)
        for place, source in enumerate(self.origin):
            while piece and source >= piece.end:
                piece = next(pieces, None)
            if piece and source >= piece.start:
                letters[place] = WALL
        return Reading("".join(letters), self.origin)


def read(source: str) -> Reading:
    """Read a text: NFKC, lower case, traditional to simplified, each character knowing its place.

    A label that an earlier masking left is a wall, so that masking twice is masking once.
    """
    labelled = {place for label in _MASKED.finditer(source) for place in range(*label.span())}
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(source):
        if place in labelled:
            letters.append(WALL)
            origin.append(place)
            continue
        for letter in unicodedata.normalize("NFKC", character).lower():
            if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
                continue
            digit = unicodedata.decimal(letter, None)
            letters.append(letter.translate(TO_SIMPLIFIED) if digit is None else str(digit))
            origin.append(place)
    return Reading("".join(letters), tuple(origin))
