"""A helper: a copy of the console's process that makes the pages it is asked for, one after the other."""

import io
import os
import select
import signal
import socket
import sys
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

import structlog

from web.wsgi import Wsgi

log = structlog.get_logger()

AGAIN = 1.0
"""Seconds between two helpers, so that one that ends at once is not made without a pause."""

Answer = tuple[str, list[tuple[str, str]], bytes]
"""Status, headers and the whole body."""


def keep(app: Wsgi, control: socket.socket) -> None:
    """Have a helper, and another one when it ends; returns when the other end of `control` is closed.

    Each helper's line is sent through `control`. Call it where there is one thread only: helpers are forked.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the console ends, and with it the lines.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    over = False
    while not over:
        line, far_end = Pipe()
        helper = os.fork()
        if helper == 0:
            try:
                control.close()
                far_end.close()
                _serve(app, line)
            finally:
                os._exit(0)  # Never back into what the console does.
        line.close()
        try:
            socket.send_fds(control, [b"line"], [far_end.fileno()])
        except OSError:
            over = True
        far_end.close()
        os.waitpid(helper, 0)
        over = over or bool(select.select([control], [], [], AGAIN)[0])


def _serve(app: Wsgi, line: Connection) -> None:
    while True:
        try:
            line.send(_made(app, line.recv()))
        except (EOFError, OSError):
            return  # The console has ended.


def _made(app: Wsgi, environ: dict[str, Any]) -> Answer | None:
    """The answer; None when the application failed: then the console makes it, and meets the fault itself."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    environ |= {"wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multiprocess": True}
    try:
        pieces = app(environ, lambda status, headers, *_: said.append((status, headers)))
        try:
            body = b"".join(pieces)
        finally:
            getattr(pieces, "close", lambda: None)()
    except Exception:  # The outermost loop of a process: the next page may go better.
        log.exception("helper-failed", path=environ.get("PATH_INFO"))
        return None
    return *said[-1], body
