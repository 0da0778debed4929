"""A WSGI application whose pages are made by helpers too."""

import os
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

import structlog

from web.helping.helper import Answer, keep
from web.wsgi import Wsgi

log = structlog.get_logger()

OWN = ("/api/", "/live", "/static/")
"""Beginnings of addresses that are answered here: they count in this process's memory, or are sent piece by piece."""


class Helped:
    """Lets an idle helper make a page; whatever else is asked, and when none is idle, is answered here.

    A form changes what this process remembers, and a file is sent piece by piece, so helpers make only pages that are
    read. A helper that ends is replaced, and what it was making is made here.
    """

    def __init__(self, app: Wsgi, helpers: int, before_fork: Callable[[], object]) -> None:
        """Fork the helpers; call it while there is one thread only. `before_fork` lets go of what no two may share."""
        self._app = app
        self._idle: list[Connection] = []
        self._closed = False
        self._lock = Lock()
        self._keepers: list[tuple[int, socket.socket]] = []
        before_fork()
        for _ in range(helpers):
            self._keepers.append(self._new_keeper())

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer, with a helper or without."""
        answer = self._from_helper(environ) if _is_page(environ) else None
        if answer is None:
            return self._app(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return [body]

    def close(self) -> None:
        """End the helpers, each after the page that it is making."""
        with self._lock:
            self._closed = True
            for line in self._idle:
                line.close()
        for _, control in self._keepers:
            control.close()
        for keeper, _ in self._keepers:
            with suppress(ChildProcessError):
                os.waitpid(keeper, 0)

    def _new_keeper(self) -> tuple[int, socket.socket]:
        control, far_end = socket.socketpair()
        keeper = os.fork()
        if keeper == 0:
            try:
                for each in (control, *(other for _, other in self._keepers)):
                    each.close()
                keep(self._app, far_end)
            finally:
                os._exit(0)  # Never back into what the console does.
        far_end.close()
        control.setblocking(False)
        return keeper, control

    def _from_helper(self, environ: dict[str, Any]) -> Answer | None:
        if (line := self._idle_line()) is None:
            return None
        try:
            line.send({name: value for name, value in environ.items() if isinstance(value, str | int | tuple)})
            answer: Answer | None = line.recv()
        except (EOFError, OSError):
            log.warning("helper-ended", path=environ.get("PATH_INFO"))
            line.close()
            return None
        with self._lock:
            if self._closed:
                line.close()
            else:
                self._idle.append(line)
        return answer

    def _idle_line(self) -> Connection | None:
        """The line of a helper that makes nothing; it is this caller's until it is put back."""
        with self._lock:
            return None if self._closed else self._idle.pop() if self._idle else self._new_line()

    def _new_line(self) -> Connection | None:
        """The line of a helper that was not asked yet, if there is one."""
        for _, control in self._keepers:
            with suppress(BlockingIOError):
                _, handles, _, _ = socket.recv_fds(control, len(b"line"), 1)
                if handles:
                    return Connection(handles[0])
        return None


def _is_page(environ: dict[str, Any]) -> bool:
    """Whether this is read and not sent, and a page and no file: a file's address has an ending."""
    path, is_read = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD") == "GET"
    return is_read and not environ.get("CONTENT_LENGTH") and not path.startswith(OWN) and "." not in path
