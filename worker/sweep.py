"""The sweep: the database knows what is unfinished, so a lost message or a dead worker loses nothing."""

from collections.abc import Callable
from datetime import timedelta

import structlog

from recordings import stages
from worker.tools import Tools

log = structlog.get_logger()


class Sweep:
    """Announces again what stalled; at first everything unfinished, for this process may follow a dead one."""

    def __init__(self, tools: Tools, announce: Callable[[str], object], stalled: float) -> None:
        """`stalled` is how many seconds an announced recording may wait before it is announced again."""
        self._tools = tools
        self._announce = announce
        self._stalled = timedelta(seconds=stalled)
        self._first = True

    def __call__(self) -> int:
        """Sweep once; give how many recordings were announced. Raises DatabaseUnreachable."""
        at = self._tools.clock()
        with self._tools.archive.session() as s:
            found = stages.stalled(s, at if self._first else at - self._stalled, at)
        self._first = False
        for recording_id in found:
            self._announce(recording_id)
        if found:
            log.info("announced-again", recordings=len(found))
        return len(found)
