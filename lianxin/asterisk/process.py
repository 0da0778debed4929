"""The running server as a process: its note on disk, whether it lives, ending it."""

import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import Ports

BREATH = 0.05
"""Seconds between two looks at whether something has come about."""


PROC = Path("/proc")


@dataclass(frozen=True)
class Note:
    """What is written down about a server when it is started."""

    pid: int
    version: str
    prompts: str
    """Folder from which it plays."""
    ports: Ports


def write_note(layout: Layout, note: Note) -> None:
    """Write the note, whole or not at all."""
    draft = layout.note.with_suffix(".new")
    draft.write_text(json.dumps(asdict(note), indent=1) + "\n")
    draft.replace(layout.note)


def running_server(layout: Layout) -> Note | None:
    """The note of the server that runs on this configuration; None when none does."""
    try:
        written = json.loads(layout.note.read_text())
        note = Note(written["pid"], written["version"], written["prompts"], Ports(**written["ports"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return note if _lives(note.pid, layout) else None


def end(layout: Layout, pid: int, limit: float) -> bool:
    """End the server politely, or by force after `limit` seconds. Returns whether it went politely."""
    _signal(pid, signal.SIGTERM)
    if not _gone(layout, pid, limit):
        kill(layout, pid)
        return False
    layout.note.unlink(missing_ok=True)
    layout.drop_control()
    return True


def kill(layout: Layout, pid: int) -> None:
    """End the server at once, as a power cut would: nothing is closed or finished."""
    _signal(pid, signal.SIGKILL)
    _gone(layout, pid, 10.0)
    layout.note.unlink(missing_ok=True)
    layout.drop_control()


def _lives(pid: int, layout: Layout) -> bool:
    """Whether that process is an Asterisk on our configuration, not a later process that got the same number."""
    if not PROC.is_dir():
        return _is_there(pid)
    try:
        return os.fsencode(layout.configuration) in (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False


def _ending(pid: int) -> bool:
    """Whether it has let go of its memory, and so of its command line, but perhaps not yet of its ports (proc(5))."""
    folder = PROC / str(pid)
    try:
        state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        threads = len(list((folder / "task").iterdir()))
        return not (folder / "cmdline").read_bytes() and (state not in "ZX" or threads > 1)
    except (OSError, IndexError):
        return False


def _is_there(pid: int) -> bool:
    """Whether there is any process of that number: the best that can be known without /proc."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it is gone, which is what was wanted
        os.kill(pid, number)


def _gone(layout: Layout, pid: int, limit: float) -> bool:
    """Wait until the process has ended, at most `limit` seconds."""
    deadline = time.monotonic() + limit
    while _lives(pid, layout) or _ending(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(BREATH)
    return True
