"""The two pipes of a phone's process: commands in, events out, a JSON object a line."""

import json
import os
import select
import sys
import time
from collections.abc import Iterator
from typing import Any


class Wire:
    """Commands in, events out, over two file descriptors."""

    def __init__(self, commands: int, events: int) -> None:
        self._commands, self._events = commands, events
        self._rest = b""
        self._begun = time.monotonic()
        self.ended = False
        """The other side is gone."""

    def tell(self, event: dict[str, Any]) -> None:
        """Write one event, with the seconds since the wire was made."""
        line = json.dumps({"at": round(time.monotonic() - self._begun, 3), **event}, ensure_ascii=False) + "\n"
        try:
            os.write(self._events, line.encode())
        except BrokenPipeError:
            self.ended = True

    def commands(self, wait: float) -> Iterator[bytes]:
        """The lines that have come; waits for the first at most that many seconds."""
        if not select.select([self._commands], [], [], wait)[0]:
            return
        read = os.read(self._commands, 65536)
        self.ended = self.ended or not read
        *lines, self._rest = (self._rest + read).split(b"\n")
        yield from lines


def own_stdout() -> int:
    """Keep stdout for the events alone, and send to nowhere what pjsua prints before it can be told to be quiet."""
    events = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return events
