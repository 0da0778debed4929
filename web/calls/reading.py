"""What a transcript is on the page: words with their times, in turns, those of a message set apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

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
    """What is shown: a person's word, or else the machine's. Nothing where a person heard nothing."""
    place: int
    """Offset of its first character in the machine's text, -1 when that does not hold it."""
    machine: str
    """What the machine wrote."""
    heard: str = ""
    """What the recogniser wrote, where the utility's vocabulary put it right."""
    index: int = 0
    """Its number in its turn."""

    @property
    def text(self) -> str:
        """The whole word."""
        return "".join(run.text for run in self.runs)

    @property
    def undone(self) -> bool:
        """Whether a person took the vocabulary's repair back."""
        return bool(self.heard) and self.text == self.heard


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the text as it is read: a word, or the words of a number, and the sign behind it."""

    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    runs: tuple[Run, ...]
    sign: str
    """The comma, stop or question mark behind it; empty where nobody paused."""
    as_said: str
    """The words, where it is written otherwise: 三百二十 for 320; else empty."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Who heard something else in a turn, and when."""

    id: int
    user_id: int
    name: str
    at: datetime
    """In the utility's zone."""
    before: str
    """What stood there until then."""
    after: str
    """What stands there now."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """What was said between two pauses."""

    id: int
    side: str
    """caller | agent."""
    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    words: tuple[SpokenWord, ...]
    pieces: tuple[Piece, ...]
    partial: bool
    machine: str
    """The machine's text."""
    fix: Fix | None = None
    """The newest person's word, if there is one."""

    @property
    def text(self) -> str:
        """As it is shown, word for word."""
        return "".join(word.text for word in self.words)


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


def stretches(turns: Sequence[SpokenTurn], messages: Sequence[Asked]) -> tuple[Stretch, ...]:
    """The turns with the messages they belong to; a message without a word stands alone at its time."""
    asked = sorted(messages, key=lambda m: m.start)

    def owner(turn: SpokenTurn) -> Asked | None:
        middle = (turn.start + turn.end) / 2
        return next((message for message in asked if message.start <= middle <= message.end), None)

    found = [Stretch(message, tuple(group)) for message, group in groupby(turns, key=owner)]
    spoken_in = {stretch.message for stretch in found}
    found += [Stretch(message, ()) for message in asked if message not in spoken_in]
    return tuple(sorted(found, key=lambda s: s.message.start if s.message else s.turns[0].start))
