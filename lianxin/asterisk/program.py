"""An Asterisk that can be started: how to call it, its version, its modules."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lianxin.asterisk.errors import AsteriskTooOld, AsteriskUnusable

OLDEST = 20
"""First major version that we support; the one fetched is newer."""


@dataclass(frozen=True)
class AsteriskProgram:
    """One installed Asterisk."""

    command: list[str]
    """How to call it: the binary, or its own dynamic loader with the library folders and the binary."""
    version: str
    """As it says of itself, e.g. `22.10.1`."""
    modules: Path
    """Folder of its `*.so` modules (astmoddir)."""
    data: Path
    """Its folder of documentation, /usr/share/asterisk or the like."""

    @property
    def major(self) -> int:
        """The release series, e.g. 22."""
        return major_of(self.version)

    @property
    def fetched(self) -> bool:
        """Whether it is one that we fetched, which runs by its own loader and libraries."""
        return len(self.command) > 1

    def environment(self) -> dict[str, str]:
        """The environment to run it in: ours, less LD_… which would mix foreign libraries into a fetched one."""
        return {name: value for name, value in os.environ.items() if not (self.fetched and name.startswith("LD_"))}


def major_of(version: str) -> int:
    """Major version of `1:22.10.1~dfsg-1`, `22.10.1` or `certified/20.7-cert3`; 0 when there is none."""
    found = re.search(r"(?:^\d+:|certified[/-]|^)(\d+)\.", version)
    return int(found[1]) if found else 0


def examine(command: list[str], modules: Path, data: Path, mend: str) -> AsteriskProgram:
    """Ask the Asterisk its version and look at its modules.

    `mend` ends every message. Raises AsteriskUnusable when it does not run or has no modules, AsteriskTooOld below 20.
    """
    name = command[-1]
    bare = AsteriskProgram(command, "0.0", modules, data)
    try:
        answer = subprocess.run(
            [*command, "-V"], capture_output=True, text=True, timeout=30, env=bare.environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AsteriskUnusable(f"{name} can not be run ({error}); {mend}") from error
    found = re.search(r"^Asterisk (\S+)", answer.stdout, re.MULTILINE)
    if answer.returncode or not found:
        said = (answer.stderr.strip() or answer.stdout.strip() or "it said nothing").splitlines()[-1]
        raise AsteriskUnusable(f"{name} does not say its version ({said}); {mend}")
    version = re.split(r"[~+]", found[1])[0]
    if major_of(version) < OLDEST:
        raise AsteriskTooOld(f"{name} is Asterisk {version}, and at least {OLDEST} is needed; {mend}")
    if not (modules / "chan_pjsip.so").is_file():
        raise AsteriskUnusable(f"{name} has no modules (no chan_pjsip.so in {modules}); {mend}")
    return AsteriskProgram(command, version, modules, data)
