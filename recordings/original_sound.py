"""Reading a recording as it was recorded, whether its sound lies open or sealed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from recordings.errors import SealBroken, StoreUnreachable
from recordings.sealed_pieces import Restored, sealed_key
from recordings.sealing import Seal
from recordings.store import BLOCK, AudioStore


def open_original(store: AudioStore, recording_id: str, key: str, seal: Seal | None) -> IO[bytes]:
    """The recording to read and seek in. Raises StoredFileMissing, SealBroken.

    The open file is opened before the sealed one is looked for: whoever is just sealing it writes them in the other
    order, so that what is read is whole at any moment.
    """
    file = store.open(key)
    try:
        if not store.holds(sealed_key(key)):
            return file
        if seal is None:
            raise SealBroken(f"the sound of recording {recording_id} is sealed; set privacy.mask to true to read it")
        return cast(IO[bytes], Restored(file, store.open(sealed_key(key)), seal, recording_id))
    except BaseException:
        file.close()
        raise


@contextmanager
def original_file(store: AudioStore, recording_id: str, key: str, seal: Seal | None) -> Iterator[Path]:
    """A path to read the recording from.

    Of a sealed one that is a copy which has no name on the disk and is gone with the block, or with the process.
    Raises StoredFileMissing, SealBroken, StoreUnreachable.
    """
    if not store.holds(sealed_key(key)):
        with store.local(key) as path:
            yield path
        return
    with open_original(store, recording_id, key, seal) as source, _copy_of(source, recording_id) as copy:
        yield Path(f"/proc/{os.getpid()}/fd/{copy.fileno()}")


def _copy_of(source: IO[bytes], recording_id: str) -> IO[bytes]:
    """All of it in a file without a name."""
    with ExitStack() as unfinished:
        try:
            copy: IO[bytes] = unfinished.enter_context(tempfile.TemporaryFile())
            while block := source.read(BLOCK):
                copy.write(block)
            copy.flush()
        except OSError as problem:
            why = f"recording {recording_id} could not be opened: {problem}; look at the disk"
            raise StoreUnreachable(why) from problem
        unfinished.pop_all()
        return copy
