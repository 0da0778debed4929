"""Unpacking a ZIP that came from elsewhere without letting it write elsewhere."""

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from asr.errors import ModelArchiveUnsafe, shown

LARGEST = 20 * 10**9
"""Bytes that a model may unpack to; the largest official one takes about a tenth of that."""


def unpack(archive: Path, into: Path) -> Path:
    """Unpack a model's ZIP into the new folder `into`; the answer is the model's own folder in it.

    Only plain files and folders are made, all below `into`. Raises ModelArchiveUnsafe for anything else, and OSError
    when the disk does not take it.
    """
    name = shown(archive)
    try:
        with zipfile.ZipFile(archive) as pack:
            entries = pack.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise ModelArchiveUnsafe(f"{name}: unpacks to more than {LARGEST // 10**9} GB; this is no model.")
            for entry in entries:
                _check(entry, name)
            for entry in entries:
                _write(pack, entry, into)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise ModelArchiveUnsafe(
            f"{name}: no ZIP that can be unpacked ({problem}); fetch it again, or unpack it by hand and give its path."
        ) from problem
    inside = list(into.iterdir()) if into.is_dir() else []
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else into


def _check(entry: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    outside = path.is_absolute() or ".." in path.parts or ":" in entry.filename or "\0" in entry.orig_filename
    if outside or kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ModelArchiveUnsafe(
            f"{name}: refused, its entry {entry.filename!r} is not a plain file below the model's folder; "
            "take the model from its maker's own page."
        )


def _write(pack: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path) -> None:
    target = into / PurePosixPath(entry.filename.replace("\\", "/"))
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with pack.open(entry) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
