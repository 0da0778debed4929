"""What a synthetic voice is, and what those that are programs share."""

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ivr.prompts.voices.spelling import COMMA, Clause


@dataclass(frozen=True)
class Sound:
    """Mono samples, float32 within -1 … 1, and their rate in hertz."""

    samples: NDArray[np.float32]
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


class Voice(Protocol):
    """Says spelt lines."""

    name: str

    def speak(self, clauses: list[Clause], *, pace: float = 1.0, pitch: float = 1.0) -> Sound:
        """The line as sound. A pace above 1 is faster, a pitch above 1 higher; raises VoiceBroken."""
        ...

    def speak_piece(self, clause: Clause, *, pace: float = 1.0) -> Sound:
        """A clause as it sounds in the middle of a list, so that pieces can be strung together; raises VoiceBroken."""
        ...


def written(clauses: Sequence[Clause]) -> list[tuple[str, float]]:
    """Clauses as lines for a program to say, a line a sentence, each with the seconds of silence after it."""
    lines: list[tuple[str, float]] = []
    line = ""
    for clause in clauses:
        line += " ".join(syllable for word in clause.words for syllable in word.syllables)
        if clause.pause > COMMA:
            lines.append((line + ".", clause.pause))
            line = ""
        else:
            line += ", "
    return [*lines, (line, 0.0)] if line else lines


def joined(sounds: Sequence[tuple[Sound, float]]) -> Sound:
    """Sounds of one rate, each with seconds of silence after it, as one."""
    rate = sounds[0][0].rate
    parts = [part for sound, pause in sounds for part in (sound.samples, np.zeros(round(pause * rate), np.float32))]
    return Sound(np.concatenate(parts), rate)


def read_sound(file: Path) -> Sound:
    """A 16-bit mono WAV."""
    with wave.open(str(file)) as opened:
        samples = np.frombuffer(opened.readframes(opened.getnframes()), "<i2")
        return Sound((samples / 32768).astype(np.float32), opened.getframerate())
