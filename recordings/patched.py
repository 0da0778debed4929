"""A file that reads as another would, some stretches of it replaced; the file itself stays as it is."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import IO

Span = tuple[int, int]
"""Bytes from the file's first: from, and to."""


class Patched(io.RawIOBase):
    """Reads a file with other bytes at some stretches, made when they are asked for: browsers jump about in it."""

    def __init__(self, file: IO[bytes], spans: Sequence[Span], fill: Callable[[int, int], bytes]) -> None:
        """`fill(first, last)` gives what stands from one byte to another; both lie in one of the spans."""
        self._file, self._spans, self._fill = file, spans, fill

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """One can go to any place in it."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a byte."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The byte that is read next."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, what was put in among them."""
        at = self._file.tell()
        data = bytearray(self._file.read(size))
        for first, last in self._spans:
            start, stop = max(first, at), min(last, at + len(data))
            if start < stop:
                data[start - at : stop - at] = self._fill(start, stop)
        return bytes(data)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same bytes in order, those that touch or overlap as one."""
    apart: list[Span] = []
    for first, last in sorted(spans):
        if apart and first <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(last, apart[-1][1]))
        else:
            apart.append((first, last))
    return apart
