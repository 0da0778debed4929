"""The outline of a recording's sound: how loud it is in each twentieth of a second."""

from contextlib import suppress
from typing import IO

import numpy as np
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recordings.errors import BadWav
from recordings.store import AudioStore
from recordings.tables import Loudness, Recording
from recordings.wav import SAMPLE, read_open_wav

STEP = 0.05
"""Seconds of one value: a syllable has three or four."""
LOUDEST = 1 << 15
"""Of a 16-bit sample."""
BLOCK = 400
"""Values that are measured at a time, twenty seconds: memory does not grow with the call."""


def outline(file: IO[bytes]) -> bytes:
    """The loudest sample of every STEP as a byte, 255 for full scale; nothing of a file that holds no sound."""
    try:
        wav = read_open_wav(file)
    except BadWav:
        return b""
    file.seek(wav.start)
    step = max(1, round(wav.rate * STEP))
    levels, left = bytearray(), wav.length
    while left > 0 and (data := file.read(min(left, BLOCK * step * SAMPLE))):
        left -= len(data)
        samples = np.abs(np.frombuffer(data[: len(data) // SAMPLE * SAMPLE], "<i2").astype(np.int32))
        peaks = np.maximum.reduceat(samples, np.arange(0, len(samples), step)) if len(samples) else samples
        levels += (peaks * 255 // LOUDEST).clip(0, 255).astype(np.uint8).tobytes()
    return bytes(levels)


def keep_outline(s: Session, recording_id: str, levels: bytes) -> None:
    """Write it down, unless somebody did meanwhile or the recording is gone."""
    if s.get(Recording, recording_id) and s.get(Loudness, recording_id) is None:
        with suppress(IntegrityError), s.begin_nested():  # two who open a call at once: the other one's row will do
            s.add(Loudness(recording_id=recording_id, levels=levels))


def measured(store: AudioStore, key: str) -> bytes:
    """The outline of a stored recording. Raises StoredFileMissing and StoreUnreachable."""
    with store.open(key) as file:
        return outline(file)
