"""The console in a process of its own for the bench, each answer with the time that it took to make."""

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lianxin.settings import WebSettings
from lianxin.single_signs import leave_phrases_out

TOOK = "X-Took-Ms"
WORKED = "X-Worked-Ms"
"""The same as time on the processor, of the console or its helper, which a busy machine does not stretch."""


class Timed:
    """A WSGI application that says in a header for how many ms another one was at it, by a clock of seconds."""

    def __init__(self, app: Any, header: str, clock: Callable[[], float]) -> None:
        self._app, self._header, self._clock = app, header, clock

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer with the whole body at once, so that making it is within the time."""
        began, said = self._clock(), []
        body = b"".join(self._app(environ, lambda status, headers, *_: said.append((status, headers))))
        status, headers = said[-1]
        start_response(status, [*headers, (self._header, f"{(self._clock() - began) * 1000:.2f}")])
        return [body]


def main(folder: str) -> None:
    """Serve the archive of a folder until the process is ended; the first line on standard output is the port."""
    leave_phrases_out()
    from recordings.archive import Archive
    from web.app import create_app
    from web.helping.helped import Helped
    from web.serving import get_ready, open_server

    archive = Archive.open(f"sqlite:///{Path(folder) / 'lianxin.db'}", str(Path(folder) / "archive"))
    app = create_app(archive, secret_key="bench", zone=ZoneInfo("Asia/Shanghai"))
    get_ready()
    helped = Helped(Timed(app.wsgi_app, WORKED, time.thread_time), WebSettings().helpers, before_fork=archive.close)
    app.wsgi_app = Timed(helped, TOOK, time.perf_counter)  # type: ignore[method-assign]
    server = open_server(app, "127.0.0.1", 0)
    sys.stdout.write(f"{server.effective_port}\n")  # type: ignore[attr-defined]
    sys.stdout.flush()
    server.run()


if __name__ == "__main__":
    main(sys.argv[1])
