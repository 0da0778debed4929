"""Which prompt a packet of speech is from, and where in it: how the callers of a benchmark know what they hear."""

import wave
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

FRAME = 160
"""Samples of a packet: 20 ms at 8 kHz."""
SILENT = 60.0
"""Root mean square (of 32767) up to which a frame says nothing about where it is from."""
ALIKE = 0.98
"""Least cosine of a frame and its A-law copy; the coding noise of G.711 leaves above 0.999."""
KNOWN = 200_000
"""Payloads that are remembered; a run has some thousand different ones."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A frame of a prompt."""

    prompt: str
    frame: int
    """Counted from the prompt's first sample, 20 ms each."""


def _alaw() -> npt.NDArray[np.float32]:
    """What each byte of A-law stands for (ITU-T G.711)."""
    code = np.arange(256) ^ 0x55
    exponent, mantissa = (code >> 4) & 7, (code & 15) << 4
    size = np.where(exponent == 0, mantissa + 8, (mantissa + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, size, -size).astype(np.float32)


class Ear:
    """Compares what is heard with the prompts' own files."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """`files`: the prompts that may be heard, 8 kHz, 16 bit, mono."""
        self._places: list[Heard] = []
        self._seen: dict[bytes, Heard | None] = {}
        self._linear = _alaw()
        kept: list[npt.NDArray[np.float32]] = []
        self.loud: dict[str, npt.NDArray[np.bool_]] = {}
        """For each prompt, which of its frames can be told."""
        for name, file in files.items():
            with wave.open(str(file)) as audio:
                samples = np.frombuffer(audio.readframes(audio.getnframes()), "<i2").astype(np.float32)
            frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
            self.loud[name] = np.sqrt((frames**2).mean(axis=1)) > SILENT
            kept.append(frames[self.loud[name]])
            self._places += [Heard(name, int(index)) for index in np.flatnonzero(self.loud[name])]
        everything = np.concatenate(kept)
        self._frames = everything / np.linalg.norm(everything, axis=1, keepdims=True)

    def hear(self, payload: bytes) -> Heard | None:
        """The frame of a prompt that this A-law payload is; None for silence and anything else."""
        if payload not in self._seen:
            if len(self._seen) > KNOWN:
                self._seen.clear()
            self._seen[payload] = self._search(payload)
        return self._seen[payload]

    def _search(self, payload: bytes) -> Heard | None:
        samples = self._linear[np.frombuffer(payload, np.uint8)]
        size = float(np.linalg.norm(samples))
        if len(samples) != FRAME or size < SILENT * FRAME**0.5 / 2:
            return None
        likeness = self._frames @ (samples / size)
        best = int(likeness.argmax())
        return self._places[best] if likeness[best] > ALIKE else None

    def steady(self, prompt: str, after: float, before: float = 5.0, seconds: float = 0.6) -> float:
        """A moment of a prompt, in seconds, from which it is loud without a pause for so long, or as long as it gets.

        A key pressed there meets sound: when it stops can then be told to a frame.
        """
        loud = self.loud[prompt]
        window = round(seconds * 50)
        first = round(after * 50)
        sums = np.convolve(loud[first : round(before * 50)], np.ones(window), "valid")
        return (first + int(sums.argmax())) / 50 if len(sums) else after
