"""The console in a process of its own for the bench, each answer with the time that it took to make."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from recordings.archive import Archive
from web.app import create_app
from web.serving import get_ready, open_server

TOOK = "X-Took-Ms"
WORKED = "X-Worked-Ms"
"""The same as time on the processor, which a busy machine does not stretch."""


class Timed:
    """A WSGI application that says how long another one took, from the request to the last byte."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer with the whole body at once, so that making it is within the time."""
        began, worked, said = time.perf_counter(), time.thread_time(), []
        body = b"".join(self._app(environ, lambda status, headers, *_: said.append((status, headers))))
        status, headers = said[-1]
        took, worked = time.perf_counter() - began, time.thread_time() - worked
        start_response(status, [*headers, (TOOK, f"{took * 1000:.2f}"), (WORKED, f"{worked * 1000:.2f}")])
        return [body]


def main(folder: str) -> None:
    """Serve the archive of a folder until the process is ended; the first line on standard output is the port."""
    archive = Archive.open(f"sqlite:///{Path(folder) / 'lianxin.db'}", str(Path(folder) / "archive"))
    app = create_app(archive, secret_key="bench", zone=ZoneInfo("Asia/Shanghai"))
    app.wsgi_app = Timed(app.wsgi_app)  # type: ignore[method-assign]
    get_ready()
    server = open_server(app, "127.0.0.1", 0)
    sys.stdout.write(f"{server.effective_port}\n")  # type: ignore[attr-defined]
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(sys.argv[1])
