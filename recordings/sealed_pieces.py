"""The file beside a recording that holds what was said where a tone stands now: small encrypted pieces of its sound.

It begins with MAGIC; then, for each piece, HEAD (where it belongs, its bytes, bytes of the token) and the token, which
`recordings.sealing` opens. A piece opens at its own place of its own recording only.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from recordings.errors import SealBroken
from recordings.patched import Patched
from recordings.sealing import Seal

SEALED = ".sealed"
"""How the key of such a file ends, after that of its recording."""
MAGIC = b"lianxin sealed sound 1\n"
HEAD = struct.Struct(">QII")
PIECE = 1 << 15
"""Most bytes of sound in a piece: two seconds of a telephone's."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where one piece belongs and where it lies."""

    first: int
    last: int
    """Bytes of the recording's file."""
    place: int
    """Of its token in the sealed file."""
    length: int
    """Bytes of its token."""


def sealed_key(key: str) -> str:
    """Where the sealed pieces of a recording lie in the store."""
    return key + SEALED


def write_piece(file: IO[bytes], seal: Seal, name: str, first: int, sound: bytes) -> None:
    """Add a piece of at most PIECE bytes of the recording `name`, which stands there from byte `first` on."""
    token = seal.close_bytes(sound, _about(name, first))
    file.write(HEAD.pack(first, len(sound), len(token)))
    file.write(token)


def pieces_in(file: IO[bytes], name: str) -> Iterator[Piece]:
    """The pieces of a sealed file, in order. Raises SealBroken for what is none."""
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise SealBroken(f"the sealed sound of recording {name} is damaged; restore its file from a backup")
    while head := file.read(HEAD.size):
        if len(head) < HEAD.size:
            raise SealBroken(f"the sealed sound of recording {name} is cut off; restore its file from a backup")
        first, sound, length = HEAD.unpack(head)
        yield Piece(first, first + sound, file.tell(), length)
        file.seek(length, 1)


class Restored(Patched):
    """A recording as it was recorded: its open file with the sealed pieces in their places."""

    def __init__(self, file: IO[bytes], sealed: IO[bytes], seal: Seal, name: str) -> None:
        """Reading raises SealBroken when a piece does not open. Raises SealBroken."""
        self._sealed, self._seal, self._name = sealed, seal, name
        self.pieces = tuple(pieces_in(sealed, name))
        self._open: tuple[int, bytes] = (-1, b"")
        super().__init__(file, [(piece.first, piece.last) for piece in self.pieces], self._sound)

    def close(self) -> None:
        """Close both files."""
        self._sealed.close()
        super().close()

    def _sound(self, first: int, last: int) -> bytes:
        piece = next(each for each in self.pieces if each.first <= first and last <= each.last)
        if self._open[0] != piece.first:
            self._sealed.seek(piece.place)
            token = self._sealed.read(piece.length)
            self._open = (piece.first, self._seal.open_bytes(token, _about(self._name, piece.first)))
        return self._open[1][first - piece.first : last - piece.first]


def _about(name: str, first: int) -> str:
    return f"{name}:{first}"
