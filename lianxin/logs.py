"""Structured logs on stderr: one JSON line an event when read by a machine, coloured when read by a person."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog

WITHOUT_LOCALS = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
"""Local variables hold what callers said and who they are: they stay out of the log."""


class Unfailing:
    """A stream that drops what cannot be written: a full disk must silence the log, never the telephone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or not."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, or not."""
        with suppress(OSError):
            self._stream.flush()


def set_up_logs(level: str) -> None:
    """Log to stderr from `level` on. Lines carry the call's id, never its words or numbers."""
    number = getattr(logging, level.upper())
    terminal = sys.stderr.isatty()
    stream = cast(TextIO, Unfailing(sys.stderr))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if terminal else [structlog.processors.ExceptionRenderer(WITHOUT_LOCALS)]),
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if terminal
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    logging.basicConfig(level=max(number, logging.WARNING), stream=stream, format="%(levelname)s %(name)s %(message)s")
