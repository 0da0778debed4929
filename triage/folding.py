"""One way of writing for all texts, with the way back to the caller's own characters."""

import unicodedata
from dataclasses import dataclass

from triage.traditional import TO_SIMPLIFIED
from triage.verdict import Evidence

PAUSE = "\n"
"""Stands for any punctuation between two clauses; a rule's `.` does not match across it."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as rules and classifier read it: half-width, lower case, simplified, no spaces."""

    source: str
    """The text as it was given."""
    text: str
    """Letters and digits only, clauses parted by PAUSE."""
    origin: tuple[int, ...]
    """For each character of `text`, the offset in `source` it came from."""

    def evidence(self, start: int, end: int) -> Evidence:
        """The stretch of the source that `text[start:end]` (not empty) came from."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        return Evidence(text=self.source[first:last], start=first, end=last)


def fold(source: str) -> Folded:
    """Fold a text character by character, so that every result knows its place.

    Width and compatibility forms by NFKC, letters to lower case, traditional to simplified. Spaces vanish (a recogniser
    puts them between words), a line break or punctuation becomes one PAUSE, a point or comma between digits vanishes.
    """
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(source):
        for letter in unicodedata.normalize("NFKC", character).lower():
            kind = unicodedata.category(letter)
            if kind[0] in "LN":
                letters.append(letter.translate(TO_SIMPLIFIED))
                origin.append(place)
            elif (kind[0] in "PS" or letter in "\r\n") and letters and letters[-1] != PAUSE:
                if letter in ".," and _between_digits(source, place):
                    continue
                letters.append(PAUSE)
                origin.append(place)
    if letters and letters[-1] == PAUSE:
        letters.pop()
        origin.pop()
    return Folded(source, "".join(letters), tuple(origin))


def _between_digits(source: str, place: int) -> bool:
    return source[place - 1 : place].isdigit() and source[place + 1 : place + 2].isdigit()
