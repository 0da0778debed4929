"""The `lianxin` command as a person runs it, in a folder of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def lianxin(tmp_path: Path) -> Iterator[Run]:
    """Runs a command in `tmp_path` with settings from the environment, and gives what it said."""

    def run(*arguments: object, stdin: bytes | str | None = None, limit: float = 120, **environment: object):
        given = stdin.encode() if isinstance(stdin, str) else stdin
        names = {f"LIANXIN_{name}": str(value) for name, value in environment.items()}
        ran = subprocess.run(
            [sys.executable, "-m", "lianxin", *map(str, arguments)],
            cwd=tmp_path, input=given, capture_output=True, timeout=limit,
            env={**os.environ, "LIANXIN_VAR": str(tmp_path / "var"), **names},
        )  # fmt: skip
        return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return run


@pytest.fixture
def refused(lianxin: Run) -> Run:
    """Runs a command that must be refused: exit code 2, one line that begins with our name, no traceback."""

    def run(*arguments: object, **more: object) -> str:
        ran = lianxin(*arguments, **more)
        assert ran.returncode == 2, f"exit code {ran.returncode}: {ran.stderr}"
        lines = [line for line in ran.stderr.splitlines() if line.startswith("lianxin: ")]
        assert len(lines) == 1, ran.stderr
        assert "Traceback" not in ran.stderr
        return lines[0]

    return run


@pytest.fixture
def asterisk_var(tmp_path: Path) -> Path:
    """A var folder with Asterisk in it and nothing else."""
    from lianxin.asterisk.installing import install_asterisk
    from lianxin.settings import Settings

    program = install_asterisk(Settings(), lambda stage, done, total: None)
    var = tmp_path / "var"
    var.mkdir(mode=0o700)
    if program.fetched:
        (var / "asterisk").mkdir()
        (var / "asterisk" / "root").symlink_to(Settings().var.absolute() / "asterisk" / "root")
    return var


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Gives ports on loopback that nobody uses just now."""

    def find() -> int:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            return int(trial.getsockname()[1])

    return find
