"""The audio store: a folder, or any other file system that fsspec knows."""

import glob
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, cast
from uuid import uuid4

from fsspec.core import url_to_fs

from recordings.errors import StoredFileMissing, StoreUnreachable

UNFINISHED = ".part"
"""How the name of a copy ends until it is whole."""
BLOCK = 1 << 20
"""Bytes that are copied at a time."""


class AudioStore:
    """Recordings by key, such as '2026/03/01/<id>.wav'. Many threads may share one.

    Every method raises StoreUnreachable when the file system refuses.
    """

    def __init__(self, url: str) -> None:
        """Open the store at an fsspec URL or path; makes the folder of a local one."""
        self.url = url
        with self._reaching():
            files, root = url_to_fs(url)
            self._files: Any = files
            self._root: str = root.rstrip("/")
            self._local = "file" in (files.protocol if isinstance(files.protocol, tuple) else (files.protocol,))
            self._files.makedirs(self._root, exist_ok=True)

    def put(self, path: Path, key: str, *, read_back: bool = False) -> None:
        """Copy a file into the store. Nobody sees half of it: it gets its name when it is whole and on the disk.

        With `read_back` it is read again before that, and what stood there under the name stays if it is not the same.
        """
        target = self._place(key)
        with self._reaching():
            folder = target.rpartition("/")[0]
            self._files.makedirs(folder, exist_ok=True)
            for left_over in self._files.glob(f"{glob.escape(target)}.*{UNFINISHED}"):
                self._files.rm(left_over)
            unfinished = f"{target}.{uuid4().hex}{UNFINISHED}"
            with path.open("rb") as source, self._files.open(unfinished, "wb") as copy:
                shutil.copyfileobj(source, copy, BLOCK)
                copy.flush()
                with suppress(AttributeError, io.UnsupportedOperation):
                    os.fsync(copy.fileno())
            if read_back and not self._same(path, unfinished):
                self._files.rm(unfinished)
                raise OSError(f"what was written as {key} is not what was to be written, so it was not kept")
            self._files.mv(unfinished, target)
            if self._local:
                _settle_folder(folder)

    def open(self, key: str) -> BinaryIO:
        """A stored file to read and seek in. Raises StoredFileMissing."""
        with self._reaching():
            try:
                return cast(BinaryIO, self._files.open(self._place(key), "rb"))
            except FileNotFoundError as error:
                raise self._missing(key) from error

    def holds(self, key: str) -> bool:
        """Whether there is a file of that key."""
        with self._reaching():
            self._files.invalidate_cache()
            return bool(self._files.isfile(self._place(key)))

    def size(self, key: str) -> int:
        """Bytes of a stored file. Raises StoredFileMissing."""
        with self._reaching():
            self._files.invalidate_cache()
            try:
                return int(self._files.size(self._place(key)))
            except FileNotFoundError as error:
                raise self._missing(key) from error

    def sha256(self, key: str) -> str:
        """SHA-256 of a stored file, in hexadecimal; reads all of it. Raises StoredFileMissing."""
        with self.open(key) as stored, self._reaching():
            return digest_of(stored)

    def sizes(self) -> dict[str, int]:
        """Bytes of every stored file, by key."""
        with self._reaching():
            self._files.invalidate_cache()
            found = self._files.find(self._root, detail=True)
            return {
                name[len(self._root) :].lstrip("/"): int(about["size"])
                for name, about in found.items()
                if not name.endswith(UNFINISHED)
            }

    def keys(self) -> list[str]:
        """Keys of all stored files, in order."""
        return sorted(self.sizes())

    def remove(self, key: str) -> None:
        """Take a file out of the store; one that is not there is no error."""
        with self._reaching(), suppress(FileNotFoundError):
            self._files.rm(self._place(key))

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """A path to read a stored file from: the file itself, or a copy that lasts as long as the block.

        Raises StoredFileMissing.
        """
        if self._local:
            path = Path(self._place(key))
            if not path.is_file():
                raise self._missing(key)
            yield path
            return
        with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
            path = Path(folder) / Path(key).name
            with self.open(key) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy, BLOCK)
            yield path

    def _same(self, path: Path, place: str) -> bool:
        with path.open("rb") as source, self._files.open(place, "rb") as copy:
            return digest_of(source) == digest_of(copy)

    def _place(self, key: str) -> str:
        return f"{self._root}/{key}"

    def _missing(self, key: str) -> StoredFileMissing:
        return StoredFileMissing(f"the audio store has no {key}; `lianxin account` lists what is missing")

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except ImportError as error:
            raise StoreUnreachable(f"audio store {self._shown()}: {error}; install what it names") from error
        except (OSError, ValueError) as error:
            raise StoreUnreachable(f"audio store {self._shown()}: {error}; check the setting `store`") from error

    def _shown(self) -> str:
        """The address without anything that could be a password in it."""
        scheme, separator, rest = self.url.rpartition("://")
        return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of a file from where it stands to its end, in hexadecimal."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _settle_folder(folder: str) -> None:
    """Make a rename last through a power failure: on Linux the folder is what has to reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
