"""When words are heard to begin, against when the voice said them: for each way of hearing, the mean and the extremes.

Example: python -m tests.asr.measure_word_times
"""

# ruff: noqa: T201 (a tool prints)

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from asr.audio import Audio, read_audio
from asr.listen import transcribe
from asr.models import TRIAL_MODEL
from asr.resampling import resample
from asr.vosk_engine import VoskEngine

AUDIO = Path(__file__).parent / "audio"
REPEATS = 14
"""Waits before the first sample, 27.1 ms apart: each lies elsewhere in a frame of 10 ms."""


def ways(audio: Audio) -> Iterator[tuple[str, float, Audio]]:
    """The recording as it is, after waits, at a studio's rate, and with hiss 20 dB below the voice."""
    yield "as it is", 0.0, audio
    for number in range(1, REPEATS + 1):
        wait = 0.0271 * number
        silence = np.zeros(round(wait * audio.rate), np.float32)
        yield "after a wait", len(silence) / audio.rate, Audio(np.concatenate([silence, audio.samples]), audio.rate)
    yield "at 44.1 kHz", 0.0, Audio(resample(audio.samples, audio.rate, 44100), 44100)
    for number in range(REPEATS):
        hiss = np.random.default_rng(number).normal(0, 10 ** (-40 / 20), len(audio.samples))
        yield "with hiss", 0.0, Audio((audio.samples + hiss).astype(np.float32), audio.rate)


def main() -> None:
    """Print how far off words begin, in milliseconds; before the truth is negative."""
    engine, truth = VoskEngine(TRIAL_MODEL), json.loads((AUDIO / "truth.json").read_text("utf-8"))
    off = dict[str, list[float]]()
    for name in ("waiting.wav", "old-caller.wav"):
        for way, later, audio in ways(read_audio(AUDIO / name)):
            passages = transcribe(audio, engine).passages
            for passage, said in zip(passages, truth[name]["sentences"], strict=True):
                starts = {word["word"]: word["start"] for word in reversed(said["words"])}
                heard = [word for word in passage.words if word.word in starts]
                off.setdefault(way, []).extend(
                    (w.start - later - starts.pop(w.word)) * 1000 for w in heard if w.word in starts
                )
    for way, found in off.items():
        print(f"{way}: {len(found)} words, {np.mean(found):+.0f} ms, from {min(found):+.0f} to {max(found):+.0f}")


if __name__ == "__main__":
    main()
