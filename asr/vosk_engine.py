"""The Vosk recogniser: one model in memory, a new recogniser for every stretch."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import vosk
from numpy.typing import NDArray

from asr.errors import ModelUnusable, shown
from asr.model_folder import look_into
from asr.native_messages import native_messages
from asr.transcript import Passage, Word

BITE = 0.25
"""Seconds given to the recogniser at a time; also how much of a lost end a kept partial result may miss."""


class Recogniser(Protocol):
    """What we use of vosk.KaldiRecognizer; results are JSON."""

    def AcceptWaveform(self, data: bytes) -> int: ...  # noqa: D102, N802

    def Result(self) -> str: ...  # noqa: D102, N802

    def PartialResult(self) -> str: ...  # noqa: D102, N802

    def FinalResult(self) -> str: ...  # noqa: D102, N802


class VoskEngine:
    """An `asr.engine.Engine` on a Vosk model folder."""

    def __init__(self, folder: Path) -> None:
        """Load the model: 0.1 s for the small ones, a minute and several GB for the large one.

        Raises ModelUnusable when the folder is no model, or when Vosk refuses it.
        """
        found = look_into(folder)
        self.name = found.name
        self.sample_rate = found.sample_rate
        self.trial = found.trial
        with native_messages() as said:
            vosk.SetLogLevel(-1)
            try:
                self._model = vosk.Model(str(folder))
                vosk.KaldiRecognizer(self._model, self.sample_rate)  # a wrong graph shows only here
            except Exception as problem:  # noqa: BLE001 - vosk raises nothing more precise
                refused: Exception | None = problem
                said.gave_up = True
            else:
                refused = None
        if refused:
            reason = said.reason or str(refused)
            raise ModelUnusable(
                f"{shown(folder)}: Vosk cannot load this model ({reason}); install it again: lianxin model install",
                reason,
            ) from refused

    def hear(self, samples: NDArray[np.float32]) -> Passage:
        """Put one stretch into words; see `asr.engine.Engine.hear`."""
        recogniser = vosk.KaldiRecognizer(self._model, self.sample_rate)
        recogniser.SetWords(True)
        recogniser.SetPartialWords(True)
        return heard(recogniser, samples, self.sample_rate)


def heard(recogniser: Recogniser, samples: NDArray[np.float32], rate: int) -> Passage:
    """Give the samples to a fresh recogniser and gather all its words.

    Vosk sometimes ends an utterance with an empty result though its partial results had words; then the last partial
    is kept and the passage is marked.
    """
    words: list[Word] = []
    last: list[Word] = []
    partial = False
    for bite in _bites(samples, rate):
        if not recogniser.AcceptWaveform(bite):
            last = _words(recogniser.PartialResult(), "partial_result") or last
            continue
        final = _words(recogniser.Result(), "result")
        words += final or last
        partial |= bool(last) and not final
        last = []
    final = _words(recogniser.FinalResult(), "result")
    return Passage(tuple(words + (final or last)), partial=partial or (bool(last) and not final))


def _bites(samples: NDArray[np.float32], rate: int) -> Iterator[bytes]:
    """Yield 16-bit PCM, as Vosk wants it."""
    pcm = np.clip(np.round(samples * 32767.0), -32768, 32767).astype("<i2")
    size = max(1, round(BITE * rate))
    for begin in range(0, len(pcm), size):
        yield pcm[begin : begin + size].tobytes()


def _words(result: str, key: str) -> list[Word]:
    """The words in one of the recogniser's JSON answers; an answer without words has none."""
    entries: list[dict[str, Any]] = json.loads(result).get(key, [])
    return [
        Word(
            word=entry["word"],
            start=float(entry["start"]),
            end=float(entry["end"]),
            confidence=min(1.0, max(0.0, float(entry.get("conf", 0.0)))),
        )
        for entry in entries
        if entry["word"] not in ("<UNK>", "[unk]", "<eps>")
    ]
