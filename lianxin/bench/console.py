"""How fast the console is with many calls: eight readers at its pages while calls arrive, and datasette beside it."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from lianxin.bench.arrivals import arriving
from lianxin.bench.made_archive import fill
from lianxin.bench.readers import Kind, read
from recordings.archive import Archive
from recordings.users import add_user, user_by_name

SEED = 20260302
READERS = 8
SIZES = (1_000, 10_000, 100_000)
"""Smaller archives that are measured as well, to show how the cost grows."""
PASSWORD = "only for this bench"
START = 60.0
"""Seconds within which a server must answer."""
Say = Callable[[str], object]


def measure(calls: int, seconds: float, grow: bool, say: Say, kept: Path | None = None) -> dict[str, Any]:
    """The figures at that many calls, and with `grow` at smaller sizes too. In `kept` archives stay for again."""
    sizes = [size for size in SIZES if grow and size < calls] + [calls]
    steps = [_at(size, seconds, say, kept) for size in sizes]
    last = {name: value for name, value in steps[-1].items() if name != "calls"}
    return last | ({"growth": steps} if grow else {})


def _at(calls: int, seconds: float, say: Say, kept: Path | None) -> dict[str, Any]:
    with _archive(calls, kept, say) as folder:
        archive = Archive.open(f"sqlite:///{folder / 'lianxin.db'}", str(folder / "archive"))
        with arriving(archive, folder) as arrived, _console(folder) as (address, process):
            seen = read(address, PASSWORD, archive, READERS, seconds)
            memory, taken = _resident(process.pid), arrived()
        ours = _p95([look.client_ms for look in seen if look.kind is Kind.SEARCH])
        theirs = None
        if shutil.which("datasette", path=str(Path(sys.executable).parent)):
            with arriving(archive, folder), _datasette(folder) as address:
                theirs = _p95([look.client_ms for look in read(address, "", archive, READERS, seconds / 2)])
        else:
            say("datasette is not installed beside this Python: its column stays empty")
        archive.close()
    figures = {
        "calls": calls,
        **{f"{kind}_p95_ms": _p95([look.server_ms for look in seen if look.kind is kind]) for kind in Kind},
        **{f"{kind}_p95_cpu_ms": _p95([look.worked_ms for look in seen if look.kind is kind]) for kind in Kind},
        "rss_mb": memory,
        "datasette_search_p95_ms": theirs,
        "ratio": round(ours / theirs, 2) if theirs else None,
        "search_p95_at_client_ms": ours,
        "pages": len(seen),
        "arrived": taken,
    }
    say(json.dumps(figures))
    return figures


def _p95(times: list[float]) -> float:
    """The time within which 95 of 100 pages came, in ms (nearest rank)."""
    return round(sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)], 1)


@contextmanager
def _archive(calls: int, kept: Path | None, say: Say) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as new:
        folder = kept / str(calls) if kept else Path(new)
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            _make(folder, calls, say)
        yield folder


def _make(folder: Path, calls: int, say: Say) -> None:
    archive, made = Archive.open(f"sqlite:///{folder / 'lianxin.db'}", str(folder / "archive")), 0

    def done(more: int) -> None:
        nonlocal made
        made += more
        if made % 50_000 == 0 or made == calls:
            say(f"made {made} of {calls} calls")

    fill(archive, calls, datetime.now(UTC), SEED, done)
    archive.close()
    (folder / "made").touch()


@contextmanager
def _console(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    archive = Archive.open(f"sqlite:///{folder / 'lianxin.db'}", str(folder / "archive"))
    with archive.session() as s:
        if user_by_name(s, "reader") is None:
            add_user(s, name="reader", password=PASSWORD, role="supervisor", at=datetime.now(UTC))
    archive.close()
    command = [sys.executable, "-m", "lianxin.bench.console_server", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            port = process.stdout.readline().strip()
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()


@contextmanager
def _datasette(folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "datasette"), "serve", str(folder / "lianxin.db"), "-p", str(port)]
    command += ["--setting", "sql_time_limit_ms", "60000"]  # It would give up after a second, and have no time then.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            httpx.Client(transport=httpx.HTTPTransport(retries=8), trust_env=False, timeout=START).get(address)
            yield address
        finally:
            process.terminate()


def _resident(pid: int) -> float:
    """Memory that a process and its children hold, in MB; what they share counts once (Pss, `man 5 proc`)."""
    held = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").partition("Pss:")[2].split()[0]
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    return round(int(held) / 1024 + sum(_resident(int(child)) for child in children), 1)
