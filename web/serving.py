"""The console on a port: waitress, opened so that a taken port is a sentence and no traceback."""

import errno
import gc
from typing import Protocol, cast

import waitress
from flask import Flask

from recordings.search_words import learn_syllables
from web.app import LARGEST_FORM
from web.errors import AddressRefused, PortInUse
from web.live.pages import SEATS
from web.wsgi import Wsgi

THREADS = 8 + SEATS
"""Requests answered at a time: an agent's browser asks for a page, its style and a sound together; and the streams."""
FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
"""What a trusted proxy says of the browser; from anybody else it is cleared away."""


class Server(Protocol):
    """What waitress gives: a server that already listens."""

    def run(self) -> None:
        """Answer until SystemExit or KeyboardInterrupt."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


def open_server(app: Wsgi, host: str, port: int, proxy: str = "") -> Server:
    """Listen at an address; `run()` then answers. A proxy at the IP address `proxy` is believed whom it speaks for.

    Raises PortInUse and AddressRefused.
    """
    trusting = {"trusted_proxy": proxy, "trusted_proxy_headers": FORWARDED} if proxy else {}
    if not 0 <= port <= 65535:
        raise AddressRefused(host, port, "ports end at 65535")
    try:
        # Waitress keeps a body on the disk before Flask sees it, and would take a gigabyte from anybody.
        server = waitress.create_server(
            app, host=host, port=port, threads=THREADS, ident=None, max_request_body_size=LARGEST_FORM, **trusting
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host, port) from error
        raise AddressRefused(host, port, error.strerror or str(error)) from error
    except (ValueError, OverflowError) as error:
        raise AddressRefused(host, port, str(error)) from error
    return cast(Server, server)


def get_ready() -> None:
    """Do before the first page what it would wait for, and what others would now and then.

    A full garbage collection looks at every object there is, and all pages wait: 0.17 s with what libraries and
    syllables hold. What is there by now stays for good, so it is not looked at again.
    """
    learn_syllables()
    gc.collect()
    gc.freeze()


def check_port(host: str, port: int) -> None:
    """Listen there for a moment, to know that a server can. Raises PortInUse and AddressRefused."""
    open_server(Flask(__name__), host, port).close()
