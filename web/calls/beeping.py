"""A recording's sound with a tone in place of personal data, made while it is read: there is no second file."""

import io
import math
from array import array
from collections.abc import Sequence
from typing import IO

from recordings.originals import Stretch
from recordings.wav import SAMPLE, Wav

PITCH = 1000.0
"""Hertz; what broadcasters use."""

LOUDNESS = 3000
"""Peak, of 32767: about as loud as speech on a line."""


class Beeped(io.RawIOBase):
    """Reads a WAV file and replaces the samples of some stretches by a tone."""

    def __init__(self, file: IO[bytes], wav: Wav, stretches: Sequence[Stretch]) -> None:
        """`stretches` in seconds; what lies past the end of the sound counts for nothing."""
        self._file, self._wav = file, wav
        self._bytes = [
            (wav.start + SAMPLE * int(start * wav.rate), wav.start + SAMPLE * math.ceil(end * wav.rate))
            for start, end in stretches
        ]

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """One can go to any place in it, as browsers do."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The byte that is read next."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, the tone among them."""
        at = self._file.tell()
        data = bytearray(self._file.read(size))
        end = min(at + len(data), self._wav.start + self._wav.length)
        for first, last in self._bytes:
            start, stop = max(first, at), min(last, end)
            if start < stop:
                data[start - at : stop - at] = self._tone(start - self._wav.start, stop - self._wav.start)
        return bytes(data)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()

    def _tone(self, first: int, last: int) -> bytes:
        """Bytes `first` to `last` of a tone that began with the sound, whole samples or not."""
        samples = range(first // SAMPLE, -(-last // SAMPLE))
        step = 2 * math.pi * PITCH / self._wav.rate
        tone = array("h", (round(LOUDNESS * math.sin(step * sample)) for sample in samples)).tobytes()
        skipped = first - samples.start * SAMPLE
        return tone[skipped : skipped + last - first]
