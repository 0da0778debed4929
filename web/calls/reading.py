"""A transcript laid out for reading: words with their times, evidence and hits marked, messages set apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from recordings.tables import Message, Turn

Span = tuple[int, int]
"""Character offsets in the transcript's text: first, and after the last."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a word that look alike."""

    text: str
    evidence: bool = False
    hit: bool = False


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word on the page."""

    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    runs: tuple[Run, ...]
    place: int
    """Offset of its first character in the transcript's text, -1 when the text does not hold it."""
    heard: str = ""
    """What the recogniser wrote, where the utility's vocabulary put it right."""

    @property
    def text(self) -> str:
        """The whole word."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """What was said between two pauses."""

    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    words: tuple[SpokenWord, ...]
    partial: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A stretch in which the caller was asked to speak."""

    flow: str
    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    ended_by: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Turns that belong together: those of one message, or those between messages."""

    message: Asked | None
    turns: tuple[SpokenTurn, ...]


def spoken(text: str, turns: Sequence[Turn], evidence: Sequence[Span], hits: Sequence[Span]) -> tuple[SpokenTurn, ...]:
    """The turns of a transcript whose whole text is `text`, their words found in it and marked."""
    place, laid_out = 0, []
    for turn in turns:
        words = []
        for word in turn.words or [{"word": turn.text, "start": turn.start, "end": turn.end}]:
            found = text.find(word["word"], place)
            place = found + len(word["word"]) if found >= 0 else place
            runs = _runs(word["word"], found, evidence, hits)
            words.append(SpokenWord(word["start"], word["end"], runs, found, word.get("heard", "")))
        laid_out.append(SpokenTurn(turn.start, turn.end, tuple(words), turn.partial))
    return tuple(laid_out)


def stretches(turns: Sequence[SpokenTurn], messages: Sequence[Message]) -> tuple[Stretch, ...]:
    """The turns with the messages they belong to; a message without a word stands alone at its time."""
    asked = [Asked(m.flow, m.start, m.end, m.ended_by) for m in sorted(messages, key=lambda m: m.start)]

    def owner(turn: SpokenTurn) -> Asked | None:
        middle = (turn.start + turn.end) / 2
        return next((message for message in asked if message.start <= middle <= message.end), None)

    found = [Stretch(message, tuple(group)) for message, group in groupby(turns, key=owner)]
    spoken_in = {stretch.message for stretch in found}
    found += [Stretch(message, ()) for message in asked if message not in spoken_in]
    return tuple(sorted(found, key=lambda s: s.message.start if s.message else s.turns[0].start))


def _runs(word: str, place: int, evidence: Sequence[Span], hits: Sequence[Span]) -> tuple[Run, ...]:
    def look(index: int) -> tuple[bool, bool]:
        at = place + index
        return place >= 0 and _inside(at, evidence), place >= 0 and _inside(at, hits)

    groups = groupby(range(len(word)), key=look)
    return tuple(Run("".join(word[i] for i in indexes), *looks) for looks, indexes in groups)


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
