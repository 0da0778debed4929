"""Apt with a private root: it writes only into our folders and needs no rights, yet keeps the machine's proxies."""

import os
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lianxin.asterisk.errors import PackagesUnavailable

PACKAGES = ("asterisk", "asterisk-modules")

SETTINGS = """\
Dir::State "{work}/state";
Dir::State::lists "{work}/lists";
Dir::State::status "{work}/status";
Dir::Cache "{work}/cache";
Dir::Cache::archives "{archives}";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
APT::Default-Release "";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
Debug::NoLocking "true";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Pre-Install-Pkgs;
"""
"""The hooks of the machine's own apt are cleared: they tend the system's lists and caches, which are not ours."""


@dataclass(frozen=True)
class Wanted:
    """One package to download, by the name of its file."""

    file: str
    bytes: int


class PrivateApt:
    """Apt with an empty idea of what is installed, so that it names every library down to libc."""

    def __init__(self, work: Path, archives: Path, stanza: str | None) -> None:
        """Work in `work`, keep packages in `archives`; take them from the deb822 `stanza`, or the machine's sources."""
        for folder in (work / "state", work / "lists/partial", work / "cache", archives / "partial"):
            folder.mkdir(parents=True, exist_ok=True)
        (work / "status").touch()
        settings = SETTINGS.format(work=work, archives=archives)
        if stanza is not None:
            (work / "mirror.sources").write_text(stanza)
            settings += f'Dir::Etc::sourcelist "{work}/mirror.sources";\nDir::Etc::sourceparts "-";\n'
            settings += 'APT::Update::Error-Mode "any";\n'
        (work / "apt.conf").write_text(settings)
        self._work = work
        self._archives = archives

    def update(self) -> None:
        """Fetch the lists of packages. Raises PackagesUnavailable."""
        self._run("apt-get", "-o", "Acquire::Retries=1", "update")

    def candidate(self) -> str:
        """The version of Asterisk on offer, e.g. `1:22.10.1~dfsg-1`; empty when there is none."""
        found = re.search(r"^\s*Candidate: (\d\S*)", self._run("apt-cache", "policy", PACKAGES[0]), re.MULTILINE)
        return found[1] if found else ""

    def wanted(self) -> list[Wanted]:
        """Every package that Asterisk needs, from its modules down to libc. Raises PackagesUnavailable."""
        nothing_yet = self._work / "nothing-yet"
        (nothing_yet / "partial").mkdir(parents=True, exist_ok=True)
        empty = f"Dir::Cache::archives={nothing_yet}"
        answer = self._run("apt-get", "-o", empty, "--print-uris", "-qq", "install", *PACKAGES)
        return [Wanted(name, int(size)) for name, size in re.findall(r"^'[^']+' (\S+) (\d+)", answer, re.MULTILINE)]

    def download(self, wanted: list[Wanted], report: Callable[[int], None]) -> None:
        """Fetch what is not there yet; `report` gets the number of packages that are. Raises PackagesUnavailable.

        Apt checks each package against the archive's signed lists, and resumes one that was cut off.
        """
        command = self._command("apt-get", "-qq", "--download-only", "--yes", "install", *PACKAGES)
        complaints = self._work / "download.log"
        with complaints.open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, env=_environment())
            try:
                while process.poll() is None:
                    report(sum(self._complete(package) for package in wanted))
                    time.sleep(0.1)
            finally:
                process.terminate()
                process.wait()
        if process.returncode or not all(self._complete(package) for package in wanted):
            raise PackagesUnavailable(_why(complaints.read_text(errors="replace")))
        report(len(wanted))

    def _complete(self, package: Wanted) -> bool:
        path = self._archives / package.file
        return path.is_file() and path.stat().st_size == package.bytes

    def _command(self, tool: str, *arguments: str) -> list[str]:
        return [tool, "-c", str(self._work / "apt.conf"), *arguments]

    def _run(self, tool: str, *arguments: str) -> str:
        done = subprocess.run(
            self._command(tool, *arguments), capture_output=True, text=True, env=_environment(), check=False
        )
        if done.returncode:
            raise PackagesUnavailable(_why(done.stderr))
        return done.stdout


def machine_candidate() -> str:
    """The version of Asterisk that the machine's own apt would install; empty when there is none, or no lists."""
    done = subprocess.run(
        ["apt-cache", "policy", PACKAGES[0]], capture_output=True, text=True, env=_environment(), check=False
    )
    found = re.search(r"^\s*Candidate: (\d\S*)", done.stdout, re.MULTILINE)
    return found[1] if found else ""


def _environment() -> dict[str, str]:
    return os.environ | {"LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


def _why(said: str) -> str:
    """One line out of apt's many: its first complaint."""
    lines = [" ".join(line.split()) for line in said.splitlines()]
    complaints = [line for line in lines if line.startswith(("E:", "Err:"))] or [line for line in lines if line]
    reason = complaints[0] if complaints else "apt gave no reason"
    return f"The packages of Asterisk could not be fetched ({reason}); see to the network or proxy, then run it again"
