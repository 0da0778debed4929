"""A whole leg into words: gate, cut, hear, and put the words on the leg's own timeline."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from asr.cutting import cut
from asr.engine import Engine
from asr.homophones import Lexicon
from asr.loudness import lifted
from asr.resampling import resample
from asr.sections import sections
from asr.transcript import Passage, Transcript, Word
from asr.voice_activity import find_speech

SOFT = 0.1
"""Seconds that the voice detector may come late for a soft consonant; up to 0.07 was seen. A recogniser gives its first
word some of the silence before it as well, which is what this takes away."""


class Sound(Protocol):
    """What can be heard: an `Audio` in memory, or a `Leg` that is read as it is needed."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    @property
    def duration(self) -> float:
        """Length in seconds."""

    @property
    def damage(self) -> str:
        """Where it breaks off, for a reader; empty when it is whole."""

    def blocks(self) -> Iterable[NDArray[np.float32]]:
        """All of it, mono, shape (n,), -1 to 1."""


def transcribe(
    audio: Sound,
    engine: Engine,
    progress: Callable[[float], None] | None = None,
    lexicon: Lexicon | None = None,
) -> Transcript:
    """Write down one leg, words of the lexicon as they are written there.

    `progress` is told how many seconds of the leg are done. A leg in which nobody speaks gives a transcript without
    passages: that is an answer, not an error.
    """
    passages: list[Passage] = []
    for passage, done in _passages(audio, engine):
        if passage.words:
            passages.append(replace(passage, words=lexicon.repair(passage.words)) if lexicon else passage)
        if progress:
            progress(done)
    if progress:
        progress(audio.duration)
    return Transcript(duration=audio.duration, passages=tuple(passages), model=engine.name, damage=audio.damage)


def _passages(sound: Sound, engine: Engine) -> Iterator[tuple[Passage, float]]:
    """Yield each passage on the leg's timeline, and the second up to which the leg is done."""
    for begin, audio in sections(sound.blocks(), sound.rate):
        for stretch in find_speech(audio.samples, audio.rate):
            for piece in cut(stretch, audio.samples, audio.rate):
                samples = audio.samples[round(piece.start * audio.rate) : round(piece.end * audio.rate)]
                heard = engine.hear(resample(lifted(samples, audio.rate), audio.rate, engine.sample_rate))
                words = not_before(piece.voice - piece.start - SOFT, heard.words)
                yield _moved(replace(heard, words=words), by=begin + piece.start), begin + piece.end


def not_before(voice: float, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, the first of which does not begin before that second unless all of it lies before."""
    if not words or not words[0].start < voice < words[0].end:
        return words
    return (replace(words[0], start=round(voice, 3)), *words[1:])


def _moved(passage: Passage, by: float) -> Passage:
    """The passage with its times counted `by` seconds later."""
    words = (replace(word, start=word.start + by, end=word.end + by) for word in passage.words)
    return replace(passage, words=tuple(words))
