"""Lets few answers be made at the same time, so that each is made sooner.

Python computes for one thread at a time. Pages made side by side change places at every row that they read, and each
change may wait for a whole turn of another (5 ms, `sys.getswitchinterval`): eight pages begun together are all late.
"""

from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import Any

from web.wsgi import Wsgi

PLACES = 2
"""Answers made at a time: while one waits for the disk, another computes."""
PATIENCE = 0.1
"""Seconds after which an answer is made all the same: an export that takes its time must not hold up the desks."""


class FewAtATime:
    """A WSGI application that makes another one's answers a few at a time, in no fixed order.

    Only the making counts: an answer that is sent piece by piece, a stream or a sound, holds no place meanwhile.
    """

    def __init__(self, app: Wsgi, places: int = PLACES, patience: float = PATIENCE) -> None:
        self._app = app
        self._places = BoundedSemaphore(places)
        self._patience = patience

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as soon as there is a place, or patience ends."""
        placed = self._places.acquire(timeout=self._patience)
        try:
            return self._app(environ, start_response)
        finally:
            if placed:
                self._places.release()
