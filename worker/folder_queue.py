"""Kombu's queue in a folder, made safe for several processes: a message is there whole or not at all.

Kombu's own transport writes a message under its final name, so that a consumer can take it half written and fall over
it, and takes messages by way of the system's temporary folder, which may be on another disk. Here each step is one
rename in one file system. A message that a worker took with it when it died is not delivered again: the sweep sees to
that.
"""

import json
import time
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

import structlog
from kombu.exceptions import ChannelError
from kombu.transport import filesystem

log = structlog.get_logger()

POLL = 0.25
"""Seconds between two looks into the folder."""
WAITING = "waiting"
"""Folder of messages that nobody took yet."""
HALF_DONE = "half-done"
"""Folder of messages that are being written or taken."""


class Channel(filesystem.Channel):
    """One process's way into the folder."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override] # kombu's own classes differ
        name = f"{time.time_ns():020d}_{uuid4().hex}.{queue}.msg"
        unfinished = Path(self.processed_folder) / name
        try:
            unfinished.write_text(json.dumps(payload), "utf-8")
            unfinished.replace(Path(self.data_folder_out) / name)
        except OSError as error:
            raise ChannelError(f"cannot write {name} to the queue: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for waiting in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            taken = Path(self.processed_folder) / waiting.name
            try:
                waiting.rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            try:
                return json.loads(taken.read_text("utf-8"))
            except ValueError:
                log.warning("message-unreadable", message=waiting.name)
            finally:
                taken.unlink()
        raise Empty


class Transport(filesystem.Transport):
    """Named to Celery by its path, worker.folder_queue:Transport."""

    Channel = Channel


def folder_options(folder: Path) -> dict[str, Any]:
    """Make the queue's folders and give the transport's options. Raises OSError."""
    waiting, half_done = folder / WAITING, folder / HALF_DONE
    for each in (waiting, half_done):
        each.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(waiting),
        "data_folder_out": str(waiting),
        "processed_folder": str(half_done),
        "control_folder": str(folder / "control"),
        "polling_interval": POLL,
    }
