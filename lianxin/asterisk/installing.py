"""Fetching an Asterisk: no root rights, no installer, nothing of the system is touched."""

import fcntl
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lianxin.asterisk.apt import PrivateApt, machine_candidate
from lianxin.asterisk.errors import (
    AsteriskMissing,
    AsteriskTooOld,
    AsteriskUnusable,
    PackagesUnavailable,
    SystemUnsupported,
)
from lianxin.asterisk.finding import fetched_asterisk, find_asterisk
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.package_cache import whole_packages, write_manifest
from lianxin.asterisk.program import OLDEST, AsteriskProgram, major_of
from lianxin.asterisk.sources import debian_mirrors, read_sources
from lianxin.asterisk.unpacking import unpack
from lianxin.settings import Settings

Report = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, of how many (0: not known)."""

BY_HAND = f"install Asterisk ≥ {OLDEST} by hand and name it in asterisk.binary (LIANXIN_ASTERISK__BINARY)"


def install_asterisk(settings: Settings, report: Report, *, fresh: bool = False) -> AsteriskProgram:
    """The Asterisk to use, fetched first if there is none; done at once when there is one.

    With `fresh`, fetch the newest packages although there is one. Raises what find_asterisk raises for an Asterisk
    that the settings name, SystemUnsupported where there is no apt, PackagesUnavailable.
    """
    root = Layout(settings.var.expanduser().absolute()).root
    if settings.asterisk.binary is not None:
        return find_asterisk(settings)
    try:
        found = find_asterisk(settings)
        if not (fresh and found.fetched):
            return found
    except (AsteriskMissing, AsteriskTooOld, AsteriskUnusable):
        pass  # that is why we are here
    for tool in ("apt-get", "apt-cache", "dpkg", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise SystemUnsupported(f"Asterisk can be fetched on Debian and Ubuntu only (no {tool} here); {BY_HAND}")
    with _sole_use_of(settings.asterisk.cache.expanduser().absolute()) as cache, _sole_use_of(root.parent):
        if not fresh and (done_meanwhile := _whole(root)):
            return done_meanwhile
        packages = _packages(cache, report, fresh)
        unpack(packages, root, lambda done, total: report("Unpacking packages", done, total))
    return find_asterisk(settings)


def _whole(root: Path) -> AsteriskProgram | None:
    try:
        return fetched_asterisk(root)
    except AsteriskUnusable:
        return None


def _packages(cache: Path, report: Report, fresh: bool) -> list[Path]:
    """The packages, from the cache if they are whole there, else from a mirror."""
    done = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    architecture = done.stdout.strip()
    folder = cache / architecture
    if not fresh:
        kept = whole_packages(folder, lambda done, total: report("Checking kept packages", done, total))
        if kept:
            return kept
    trouble: PackagesUnavailable | None = None
    none = PackagesUnavailable(f"This machine's package sources offer no Asterisk ≥ {OLDEST}; {BY_HAND}")
    for origin, stanza in _offers(architecture):
        with tempfile.TemporaryDirectory(prefix=".apt-", dir=cache) as work:
            apt = PrivateApt(Path(work), folder, stanza)
            report("Reading package lists", 0, 0)
            try:
                apt.update()
                if major_of(apt.candidate()) < OLDEST:
                    continue
                return _download(apt, folder, origin, report)
            except PackagesUnavailable as error:
                trouble = trouble or error
    raise trouble or none


def _download(apt: PrivateApt, folder: Path, origin: str, report: Report) -> list[Path]:
    wanted = apt.wanted()
    apt.download(wanted, lambda done: report("Downloading packages", done, len(wanted)))
    return write_manifest(folder, [package.file for package in wanted], origin)


def _offers(architecture: str) -> Iterator[tuple[str, str | None]]:
    """Where Asterisk may be had, best first: a name for it, and a deb822 stanza (None: the machine's own sources)."""
    own = ("the machine's own sources", None)
    own_will_do = major_of(machine_candidate()) >= OLDEST
    if own_will_do:
        yield own
    if not re.search(r"^ID(_LIKE)?=.*\bubuntu\b", _os_release(), re.MULTILINE):
        for source in debian_mirrors(read_sources()):
            yield f"{source.uri} {source.suite}", source.stanza(architecture)
    if not own_will_do:  # its lists may merely be missing, as in a container
        yield own


def _os_release() -> str:
    try:
        return Path("/etc/os-release").read_text()
    except OSError:
        return ""


@contextmanager
def _sole_use_of(folder: Path) -> Iterator[Path]:
    """Keep other installations out of the folder meanwhile; they wait."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise PackagesUnavailable(
            f"{folder} can not be written ({error.strerror}); set another folder in asterisk.cache or var"
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
