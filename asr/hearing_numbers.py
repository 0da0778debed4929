"""Hearing numbers for a telephone that cannot wait: a process that loads a model once and answers line by line.

`python -m asr.hearing_numbers MODEL` reads JSON lines `{"file", "start", "end"}`, a 16-bit mono WAV that may still be
growing and a stretch of it in seconds, and answers each with `{"digits"}` or `{"refused"}`. It ends with its input.
"""

import json
import sys
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from asr.errors import AsrError
from asr.resampling import resample
from asr.spoken_digits import NarrowEngine, hear_digits
from asr.vosk_engine import VoskEngine

RATE = 8000
"""Hz of a telephone."""
HEADER = 44
"""Bytes before the samples of a WAV; while a file grows, the lengths in them are not yet true."""
BEFORE = 0.3
"""Seconds before a stretch that are heard with it: speech is noticed only after it has begun."""


def growing(file: Path, start: float, end: float) -> NDArray[np.float32]:
    """The samples of a stretch, -1 to 1, as far as they are written already. Raises OSError."""
    first = max(0, round((start - BEFORE) * RATE))
    with file.open("rb") as wav:
        wav.seek(HEADER + 2 * first)
        raw = wav.read(2 * max(0, round(end * RATE) - first))
    return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)


def answer(engine: NarrowEngine, rate: int, line: str) -> dict[str, str]:
    """The answer to one line."""
    try:
        asked = json.loads(line)
        samples = growing(Path(asked["file"]), asked["start"], asked["end"])
        return {"digits": hear_digits(engine, resample(samples, RATE, rate)).digits if len(samples) else ""}
    except (AsrError, OSError, ValueError, KeyError, TypeError) as problem:
        return {"refused": f"{type(problem).__name__}: {problem}"}


def serve(model: Path, asked: TextIO, answered: TextIO) -> None:
    """Answer every line until there are no more. Raises ModelUnusable."""
    engine = VoskEngine(model)
    for line in asked:
        print(json.dumps(answer(engine, engine.sample_rate, line)), file=answered, flush=True)


if __name__ == "__main__":
    try:
        serve(Path(sys.argv[1]), sys.stdin, sys.stdout)
    except KeyboardInterrupt:
        sys.exit(130)
    except AsrError as problem:
        sys.exit(str(problem))
