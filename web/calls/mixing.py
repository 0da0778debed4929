"""All recordings of a call as one sound on one clock, made while it is read: both sides are heard together."""

import io
from collections.abc import Sequence
from typing import IO

import numpy as np

from recordings.wav import SAMPLE, Wav

HEADER = 44
"""Bytes before the first sample."""
LOW, HIGH = -32768, 32767


class Mixed(io.RawIOBase):
    """Reads WAV files of one rate as the WAV file of their sum. Both ears hear both: many wear one earphone."""

    def __init__(self, sounds: Sequence[tuple[IO[bytes], Wav, float]]) -> None:
        """`sounds`: each file, where its samples lie, and the second at which it begins. They are closed with this."""
        self._sounds = sounds
        self.rate = sounds[0][1].rate
        ends = [self._first(begins) + wav.length // SAMPLE for _, wav, begins in sounds]
        self._header = Wav(self.rate, HEADER, max(ends) * SAMPLE, "").header()
        self.size = HEADER + max(ends) * SAMPLE
        """Bytes of the whole."""
        self._at = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """One can go to any place in it, as browsers do."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        end = self.size if size < 0 else min(self.size, self._at + size)
        if end <= self._at:
            return b""
        data = self._header[self._at : end]
        if end > HEADER:
            data += self._samples(max(self._at, HEADER) - HEADER, end - HEADER)
        self._at = end
        return data

    def close(self) -> None:
        """Close the files too."""
        for file, _, _ in self._sounds:
            file.close()
        super().close()

    def _first(self, begins: float) -> int:
        return round(begins * self.rate)

    def _samples(self, start: int, end: int) -> bytes:
        """Bytes `start` to `end` behind the header, whole samples or not."""
        first, last = start // SAMPLE, -(-end // SAMPLE)
        total = np.zeros(last - first, np.int32)
        for file, wav, begins in self._sounds:
            begin = self._first(begins)
            own, behind = max(first, begin), min(last, begin + wav.length // SAMPLE)
            if own < behind:
                file.seek(wav.start + (own - begin) * SAMPLE)
                heard = np.frombuffer(file.read((behind - own) * SAMPLE), "<i2")
                total[own - first : own - first + len(heard)] += heard
        whole = total.clip(LOW, HIGH).astype("<i2").tobytes()
        return whole[start - first * SAMPLE : end - first * SAMPLE]
