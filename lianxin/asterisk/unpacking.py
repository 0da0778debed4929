"""Unpacking packages into a folder of our own, whole or not at all."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lianxin.asterisk.errors import PackagesUnavailable


def unpack(packages: list[Path], root: Path, report: Callable[[int, int], None]) -> None:
    """Unpack all packages into `root`, which appears only when it is complete and replaces an older one.

    The packages' own scripts are not run. Raises PackagesUnavailable. One unpacking of a root at a time, please.
    """
    root.parent.mkdir(parents=True, exist_ok=True)
    for leftover in root.parent.glob(f"{root.name}.*"):  # of an unpacking that was killed
        shutil.rmtree(leftover)
    draft = root.with_name(f"{root.name}.new")
    draft.mkdir()
    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for done, _ in enumerate(pool.map(lambda package: _unpack_one(package, draft), packages), start=1):
                report(done, len(packages))
        _drop_privileges(draft)
        old = root.with_name(f"{root.name}.old")
        if root.exists():
            root.rename(old)
        draft.rename(root)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _unpack_one(package: Path, folder: Path) -> None:
    done = subprocess.run(["dpkg-deb", "-x", package, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["dpkg-deb gave no reason"])[0]
        raise PackagesUnavailable(
            f"{package} could not be unpacked into {folder} ({reason}); mend that and run it again"
        )


def _drop_privileges(folder: Path) -> None:
    """Take set-user and set-group bits away: root unpacking `passwd` must not leave a second set-uid passwd about."""
    for parent, _, names in os.walk(folder):
        for path in (Path(parent, name) for name in names):
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID):
                path.chmod(stat.S_IMODE(mode) & ~(stat.S_ISUID | stat.S_ISGID))
