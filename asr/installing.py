"""Installing a model: fetch, verify, unpack, try it out, and only then put it in its place."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from asr.downloading import Progress, fetch
from asr.errors import (
    ModelAltered,
    ModelBeingInstalled,
    ModelMissing,
    ModelNotStored,
    ModelUnverified,
    shown,
)
from asr.model_folder import look_into
from asr.models import known_model
from asr.trying_out import try_out
from asr.unpacking import unpack

DOWNLOADS = ".downloads"
"""Folder in the models' folder where unfinished downloads wait."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model comes from, and what is known of it."""

    name: str
    """The folder it will have."""
    url: str = ""
    archive: Path | None = None
    """A ZIP or an unpacked model on this machine, instead of a URL."""
    sha256: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def is_folder(self) -> bool:
        """Whether it is an unpacked model, which came here by somebody's own hands."""
        return self.archive is not None and self.archive.is_dir()

    @property
    def shown(self) -> str:
        """What a person calls it."""
        return shown(self.archive) if self.archive else self.url


def find_source(what: str, sha256: str = "") -> Source:
    """Understand an official model's name, an address, or the path of a ZIP or of an unpacked model.

    An official model from another address must still be the official one; a given `sha256` goes before what we know.
    Raises ModelMissing when `what` is none of these, ModelUnverified when `sha256` is none.
    """
    wanted = sha256.strip().lower()
    if wanted and (len(wanted) != 64 or set(wanted) - set("0123456789abcdef")):
        raise ModelUnverified(f"{shown(sha256)}: no sha-256, which has 64 hexadecimal digits; copy it whole.")
    if known := known_model(what):
        return _source(known.name, wanted, url=known.url)
    if "://" in what:
        try:
            name = unquote(urlsplit(what).path).rstrip("/").rpartition("/")[2].removesuffix(".zip")
        except ValueError as problem:
            raise ModelMissing(f"{shown(what)}: this is no address ({problem}); copy it anew.") from problem
        return _source(_plain(name, what), wanted, url=what)
    path = Path(what).expanduser()
    if path.is_file():
        return _source(_plain(path.name.partition(".zip")[0], what), wanted, archive=path)
    if path.is_dir():
        return Source(_plain(path.resolve().name, what), archive=look_into(path).path)
    raise ModelMissing(f"{shown(what)}: no official Chinese model, no address and no ZIP file; see: lianxin model list")


def _source(name: str, sha256: str, url: str = "", archive: Path | None = None) -> Source:
    known = None if sha256 else known_model(name)
    return Source(name, url, archive, known.sha256 if known else sha256, known.files if known else {})


@dataclass(frozen=True, slots=True)
class Installed:
    """What was installed."""

    path: Path
    sha256: str
    """Checksum of the ZIP that it came in; empty for a folder."""


def install(source: Source, folder: Path, *, unverified: bool = False, progress: Progress | None = None) -> Installed:
    """Install a model into `folder`.

    Nothing half done is ever seen under the model's name. A model already there is replaced, and only at the very end.
    Raises ModelUnverified when no checksum is known and `unverified` was not agreed to, ModelNotFetched,
    ModelAltered, ModelArchiveUnsafe, ModelUnusable, ModelNotStored, ModelBeingInstalled.
    """
    if not source.sha256 and not unverified and not source.is_folder:
        raise ModelUnverified(
            f"{source.shown}: nobody has told its sha-256; add --sha256 SUM, or --yes to install it unverified."
        )
    try:
        with _alone(folder, source.name):
            fetched = not source.archive
            archive = source.archive or fetch(source.url, folder / DOWNLOADS / f"{source.name}.zip", progress)
            found = "" if source.is_folder else _verified(archive, source, fetched)
            place = _put_in_place(archive, source, folder)
            if fetched:
                archive.unlink()
            return Installed(place, found)
    except OSError as problem:
        raise ModelNotStored(
            f"{shown(folder / source.name)}: cannot be written ({problem.strerror or problem}); "
            "make room or set another var folder."
        ) from problem


def sha256_of(file: Path) -> str:
    """The file's checksum, in lower-case hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _verified(archive: Path, source: Source, fetched: bool) -> str:
    """The archive's checksum, which is the wanted one; a fetched archive with another is set aside."""
    found = sha256_of(archive)
    if source.sha256 in ("", found):
        return found
    kept = ""
    if fetched:
        rejected = archive.with_name(archive.name + ".rejected")
        archive.replace(rejected)
        kept = f" What came is kept as {shown(rejected)}."
    raise ModelAltered(
        f"{source.shown}: its sha-256 is {found} and should be {source.sha256}; not installed, try again later.{kept}"
    )


def _put_in_place(archive: Path, source: Source, folder: Path) -> Path:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unpacking-") as workshop:
        new = Path(workshop) / "new"
        model = shutil.copytree(archive, new) if source.is_folder else unpack(archive, new)
        look_into(model)
        for file, wanted in source.files.items():
            if (found := sha256_of(model / file)) != wanted:
                raise ModelAltered(f"{source.shown}: the sha-256 of its {file} is {found} and should be {wanted}.")
        try_out(model, source.shown)
        place, old = folder / source.name, Path(workshop) / "old"
        if place.exists():
            place.rename(old)
        try:
            model.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    return place


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[None]:
    """Hold the model's lock, so that two installs do not write into one download."""
    lock = folder / DOWNLOADS / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise ModelBeingInstalled(f"{name}: another process is installing it; wait until it is done.") from problem
        yield


def _plain(name: str, what: str) -> str:
    """A folder name made of an address or a file name. Raises ModelMissing when nothing usable is left."""
    if not name or name.startswith(".") or "/" in name or "\\" in name or "\0" in name:
        raise ModelMissing(f"{shown(what)}: no model name can be read from it; it must end like vosk-model-….zip.")
    return name
