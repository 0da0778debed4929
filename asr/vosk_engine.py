"""The Vosk recogniser: one model in memory, and a recogniser for each thread that hears."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import vosk
from numpy.typing import NDArray

from asr.decoding_options import in_long_pieces
from asr.errors import GrammarUnusable, ModelUnusable, shown
from asr.model_folder import look_into
from asr.native_messages import native_messages
from asr.transcript import Passage, Word
from asr.warm_recognisers import Listener, Recogniser, WarmRecognisers

BITE = 1.0
"""Seconds given to the recogniser at a time, as many as the network takes at once (asr/decoding_options.py)."""


ERRORS_AND_WARNINGS, ERRORS = -1, -2
"""How much Kaldi says. While it hears it warns of words that it could not align, which is nobody's concern."""


class VoskEngine:
    """An `asr.engine.Engine` on a Vosk model folder."""

    def __init__(self, folder: Path) -> None:
        """Load the model: 0.1 s for the small ones, a minute and several GB for the large one.

        Raises ModelUnusable when the folder is no model, or when Vosk refuses it.
        """
        found = look_into(folder)
        refused: Exception | None = None
        self.name = found.name
        self.sample_rate = found.sample_rate
        self.trial = found.trial
        self._flexible = found.flexible
        with native_messages() as said:
            vosk.SetLogLevel(ERRORS_AND_WARNINGS)
            with in_long_pieces(folder) as view:
                try:
                    self._model = vosk.Model(str(view))
                    vosk.KaldiRecognizer(self._model, self.sample_rate)  # a wrong graph shows only here
                except Exception as problem:  # noqa: BLE001 - vosk raises nothing more precise
                    refused = problem
                    said.gave_up = True
        vosk.SetLogLevel(ERRORS)
        self._warm = WarmRecognisers(self._fresh, self.sample_rate)
        if refused:
            reason = (said.reason or str(refused)).replace(str(view), str(folder))
            raise ModelUnusable(
                f"{shown(folder)}: Vosk cannot load this model ({reason}); install it again: lianxin model install",
                reason,
            ) from refused

    def hear(self, samples: NDArray[np.float32]) -> Passage:
        """Put one stretch into words; see `asr.engine.Engine.hear`."""
        with self._warm.lent() as warm:
            return heard(warm, self._fresh, samples, self.sample_rate, begin=warm.seconds)

    def hear_only(self, samples: NDArray[np.float32], words: tuple[str, ...]) -> Passage:
        """The same with a grammar: only these words, in any order, or nothing.

        Words that the model does not know are left out, for Vosk would drop them without a word to us. Raises
        GrammarUnusable when the model's graph takes no grammar (it needs HCLr.fst), or knows none of the words.
        """
        known = [word for word in words if self._model.vosk_model_find_word(word) >= 0]
        if not self._flexible or not known:
            why = "knows none of these words" if self._flexible else "takes no grammar at run time"
            raise GrammarUnusable(f"{self.name}: this model {why}; take one with a lookahead graph (HCLr.fst).")
        grammar = json.dumps([*known, "[unk]"], ensure_ascii=False)

        def fresh() -> Recogniser:
            recogniser: Recogniser = vosk.KaldiRecognizer(self._model, self.sample_rate, grammar)
            recogniser.SetWords(True)
            recogniser.SetPartialWords(True)
            return recogniser

        return heard(fresh(), fresh, samples, self.sample_rate)

    def _fresh(self) -> Recogniser:
        recogniser: Recogniser = vosk.KaldiRecognizer(self._model, self.sample_rate)
        recogniser.SetWords(True)
        recogniser.SetPartialWords(True)
        return recogniser


def heard(
    recogniser: Listener,
    again: Callable[[], Recogniser],
    samples: NDArray[np.float32],
    rate: int,
    begin: float = 0.0,
) -> Passage:
    """Give the samples to a recogniser whose clock stands at `begin` seconds, and gather all its words.

    Vosk sometimes ends an utterance with an empty result though its partial results had words. That is rare, and asking
    for partial results costs a tenth of the time, so only then the stretch is heard again with them by one that `again`
    makes: the last partial is kept and the passage is marked.
    """
    words: list[Word] = []
    for bite in _bites(samples, rate):
        if recogniser.AcceptWaveform(bite):
            final = _words(recogniser.Result(), "result")
            if not final:
                return _with_partials(again(), samples, rate)
            words += final
    final = _words(recogniser.FinalResult(), "result")
    if not final:
        return _with_partials(again(), samples, rate)
    return Passage(tuple(_earlier(word, begin) for word in words + final))


def _earlier(word: Word, by: float) -> Word:
    """The word with its times counted from so many seconds later on; a millisecond is finer than Vosk's frames."""
    return replace(word, start=round(word.start - by, 3), end=round(word.end - by, 3))


def _with_partials(recogniser: Recogniser, samples: NDArray[np.float32], rate: int) -> Passage:
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
