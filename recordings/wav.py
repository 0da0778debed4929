"""A recording's header: what it says, whether the file agrees, and how it is mended.

Asterisk writes a 44-byte header first and its two lengths only when it closes the file, so a killed Asterisk leaves
them at zero or stale. The layout is that of "Multimedia Programming Interface and Data Specifications 1.0" (IBM and
Microsoft, 1991).
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from recordings.errors import BadWav

PCM = 1
"""Format tag of linear samples."""
SAMPLE = 2
"""Bytes of one sample: 16 bit, one channel."""
UNFINISHED = "its header was left unfinished"
FORMAT_NAMES = {1: "PCM", 3: "floating point", 6: "A-law", 7: "µ-law", 49: "GSM", 0xFFFE: "extensible"}


@dataclass(frozen=True, slots=True)
class Wav:
    """Where a file's samples lie and how many there are."""

    rate: int
    """Samples a second."""
    start: int
    """Offset of the first sample in bytes."""
    length: int
    """Bytes of whole samples that are really there."""
    mended: str
    """What is wrong with the file and can be put right, in words; empty when nothing is."""

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.length / (SAMPLE * self.rate)

    def header(self) -> bytes:
        """The 44 bytes that should stand before the samples."""
        form = struct.pack("<4sIHHIIHH", b"fmt ", 16, PCM, 1, self.rate, self.rate * SAMPLE, SAMPLE, 8 * SAMPLE)
        return (
            struct.pack("<4sI4s", b"RIFF", 36 + self.length, b"WAVE") + form + struct.pack("<4sI", b"data", self.length)
        )


def read_wav(path: Path) -> Wav:
    """Look at a recording's header and size. Raises BadWav (with the reason) and FileNotFoundError."""
    with path.open("rb") as file:
        return read_open_wav(file)


def read_open_wav(file: IO[bytes]) -> Wav:
    """The same of an open file, which is left anywhere. Raises BadWav."""
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise BadWav("the file is empty")
    riff, stated_riff, wave = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
    if riff != b"RIFF" or wave != b"WAVE":
        raise BadWav("the file is no WAV")
    rate = _rate(file)
    start, stated = _find_samples(file)
    present = size - start
    notes = []
    length = stated
    if stated > present:
        length = present
        notes.append("its header promised more sound than there is")
    elif not _well_continued(file, start + stated, size):
        length = present
        notes.append(UNFINISHED)
    elif stated_riff not in (size - 8, start + stated - 8):
        notes.append(UNFINISHED)
    if length % SAMPLE:
        length -= 1
        notes.append("half a sample at its end was cut")
    if length == 0:
        raise BadWav("the file holds no sound (0 s)")
    return Wav(rate, start, length, ", ".join(notes))


def _rate(file: IO[bytes]) -> int:
    """Read the 'fmt ' chunk, from the first chunk on; give the sample rate."""
    length = _seek_chunk(file, b"fmt ")
    if length < 16:
        raise BadWav("the file is no whole WAV: its format is cut off")
    body = file.read(16).ljust(16, b"\0")
    tag, channels, rate, _, _, bits = struct.unpack("<HHIIHH", body)
    if (tag, channels, bits) != (PCM, 1, 8 * SAMPLE) or rate == 0:
        name = FORMAT_NAMES.get(tag, f"format {tag}")
        raise BadWav(f"the file is {name}, {bits} bit, {channels} channel(s), and not 16-bit mono PCM")
    file.seek(length + length % 2 - 16, 1)
    return int(rate)


def _find_samples(file: IO[bytes]) -> tuple[int, int]:
    """Offset of the samples, and how many bytes of them the header states."""
    length = _seek_chunk(file, b"data")
    return file.tell(), length


def _seek_chunk(file: IO[bytes], wanted: bytes) -> int:
    """Go to the body of the next chunk of that name; give the length that it states."""
    while len(head := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", head)
        if name == wanted:
            return int(length)
        file.seek(length + length % 2, 1)
    raise BadWav(f"the file is no whole WAV: it has no {wanted.decode().strip()} part")


def _well_continued(file: IO[bytes], end: int, size: int) -> bool:
    """Whether nothing but the padding byte or whole further chunks follow the samples."""
    place = end + end % 2
    while place < size:
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            return False
        name, length = struct.unpack("<4sI", head)
        if not name.isalnum() and not name.rstrip(b" ").isalnum():
            return False
        place += 8 + length + length % 2
    return place in (size, size + 1)
