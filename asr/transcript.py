"""What was heard: words with their times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the recogniser gave it."""

    word: str
    start: float
    """Seconds from the leg's first sample."""
    end: float
    """Seconds from the leg's first sample."""
    confidence: float
    """The recogniser's own confidence, 0 to 1."""
    heard: str = ""
    """What the recogniser wrote, where the utility's vocabulary put it right; else empty."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What was said between two pauses."""

    words: tuple[Word, ...]
    partial: bool = False
    """True when the recogniser gave no final result and its last partial was kept."""

    @property
    def text(self) -> str:
        """The words joined as Chinese is written, without spaces."""
        return "".join(word.word for word in self.words)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole leg in words."""

    duration: float
    """Length of the audio in seconds."""
    passages: tuple[Passage, ...]
    model: str
    """Name of the model that heard it."""
    damage: str = ""
    """Where the sound file breaks off, for a reader; empty when it was heard to its end."""

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, in order of time."""
        return tuple(word for passage in self.passages for word in passage.words)

    @property
    def text(self) -> str:
        """The passages, joined by a comma as a reader expects it."""
        return "，".join(passage.text for passage in self.passages if passage.words)
