"""Sound files that break off: a header that promises more than there is, one never finished, an OGG without its end.

libsndfile reads such files without a word, or as if they held nothing. WAV: "Multimedia Programming Interface and Data
Specifications 1.0" (IBM and Microsoft, 1991). OGG: RFC 3533, section 6.
"""

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

STREAMED = (0, 0xFFFFFFFF)
"""Data lengths that mean "to the end": Asterisk writes 0 until it closes the file, programs that stream the other."""

CHUNKS = 64
"""Chunks looked at before the samples; a WAV with more is no recording."""

LAST_PAGES = 1 << 17
"""Bytes at an OGG's end in which its last page must begin: a page has 65,307 at most."""


@dataclass(frozen=True, slots=True)
class Break:
    """What a look at a file's own lengths tells."""

    short: bool = False
    """True when the file ends before it should."""
    length_at: int | None = None
    """Where a WAV's data length stands that was never written, in bytes; None when it was."""


def look_for_break(path: Path) -> Break:
    """Compare what the file says of its length with what is there. Raises OSError."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(0)
        kind = file.read(4)
        if kind == b"RIFF":
            return _wav(file, size)
        if kind == b"OggS":
            return Break(short=not _ogg_ends(file, size))
    return Break()


def _wav(file: BinaryIO, size: int) -> Break:
    at = 12
    for _ in range(CHUNKS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            break
        name, length = struct.unpack("<4sI", head)
        if name == b"data":
            if length in STREAMED and size > at + 8:
                return Break(length_at=at + 4)
            return Break(short=at + 8 + length > size)
        at += 8 + length + length % 2
    return Break()


def _ogg_ends(file: BinaryIO, size: int) -> bool:
    """Whether the last page carries the mark of the stream's end and is all there."""
    start = max(0, size - LAST_PAGES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"OggS")
    if at < 0 or len(tail) < at + 27:
        return False
    segments = tail[at + 26]
    table = tail[at + 27 : at + 27 + segments]
    return bool(tail[at + 5] & 4) and len(table) == segments and at + 27 + segments + sum(table) <= len(tail)


class FinishedWav(io.FileIO):
    """A WAV as it would read had its data length been written; the file itself stays as it is."""

    def __init__(self, path: Path, length_at: int) -> None:
        super().__init__(path, "rb")
        length = path.stat().st_size - length_at - 4
        self._at = length_at
        self._length = struct.pack("<I", min(length, 0xFFFFFFFE))

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # soundfile hands over a cffi buffer
        """Read as a file does, with the length put in."""
        start = self.tell()
        read = super().readinto(buffer) or 0
        for place, byte in enumerate(self._length, self._at - start):
            if 0 <= place < read:
                memoryview(buffer).cast("B")[place] = byte
        return read
