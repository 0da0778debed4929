"""Something that a process does again and again beside its work."""

import threading
from collections.abc import Callable
from types import TracebackType

import structlog

log = structlog.get_logger()


class Rounds:
    """Calls something at once and then every so many seconds, in a thread of its own, until the block ends."""

    def __init__(self, name: str, seconds: float, action: Callable[[], object]) -> None:
        self._seconds = seconds
        self._action = action
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_round, name=name, daemon=True)

    def __enter__(self) -> "Rounds":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _go_round(self) -> None:
        while True:
            try:
                self._action()
            except Exception:  # The outermost loop of a thread: the next round may go better.
                log.exception("round-failed", round=self._thread.name)
            if self._over.wait(self._seconds):
                return
