"""The stream's addresses: for the console's pages, and for programs."""

from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import cast

from flask import Blueprint, Response, current_app, request

from web.live.bell import Bell
from web.live.stream import stream
from web.parts import parts

desk = Blueprint("live", __name__)

SEATS = 24
"""Streams that stay open at a time."""


@dataclass(frozen=True)
class Live:
    """What all streams share."""

    bell: Bell
    seats: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(SEATS))


@desk.get("/live", endpoint="stream")
def happening() -> Response:
    """What happens from now on, or after the event that the browser saw last."""
    return answer()


def answer() -> Response:
    """The stream of the reader's calls; `after` in the address or the header Last-Event-ID names where it goes on."""
    seen = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    after = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 16 else None
    live = cast(Live, current_app.extensions["lianxin.live"])
    given = Response(stream(parts().archive, live.bell, live.seats, after), mimetype="text/event-stream")
    given.headers["X-Accel-Buffering"] = "no"  # nginx would keep it back
    return given
