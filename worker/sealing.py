"""Seals the sound of masked words: of a call as soon as it is understood, and in rounds what still lies open."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

import structlog

from recordings.archive import Archive
from recordings.errors import ArchiveError, DatabaseUnreachable, StoreUnreachable
from recordings.ledger import recording_of
from recordings.sealing import Seal
from recordings.sound_sealing import lying_open, lying_open_of_call, seal_sound
from worker.tools import Tools

log = structlog.get_logger()

A_ROUND = 20
"""Recordings that are sealed in a round: an older archive takes many rounds, and calls are heard meanwhile."""
SET_ASIDE = 500
"""Recordings that could not be sealed and wait; with more, the first are tried again."""


def seal_call(tools: Tools, recording_id: str) -> None:
    """Seal the sound of the call of this recording. What cannot be sealed now is said, and tried again in a round."""
    if tools.seal is None:
        return
    with tools.archive.reading() as s:
        call_id = recording_of(s, recording_id, to_change=False).leg.call_id
        found = lying_open_of_call(s, call_id, tools.clock())
    for each in found:
        _try(tools.archive, tools.seal, each, tools.clock())


class SealingRounds:
    """Seals what lies open from before, a little in every round; what could not be sealed waits for the next start.

    What the store refused waits only until all others had their turn: it may be away, or one of its files damaged.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._failed: deque[str] = deque(maxlen=SET_ASIDE)
        self._refused: deque[str] = deque(maxlen=SET_ASIDE)

    def __call__(self) -> int:
        """Seal some; give how many. Raises DatabaseUnreachable."""
        if self._tools.seal is None:
            return 0
        with self._tools.archive.reading() as s:
            found = lying_open(s, self._tools.clock(), A_ROUND, but=(*self._failed, *self._refused))
        if not found:
            self._refused.clear()
        done = 0
        for each in found:
            problem = _try(self._tools.archive, self._tools.seal, each, self._tools.clock())
            if problem is None:
                done += 1
            else:
                (self._refused if isinstance(problem, StoreUnreachable) else self._failed).append(each)
        return done


def seal_archive(
    archive: Archive, seal: Seal, clock: Callable[[], datetime], done: Callable[[int], object] = lambda _: None
) -> tuple[int, list[str]]:
    """Seal all sound that lies open, but for what the workers have in hand; how many, and why others were not.

    Can be stopped at any time and goes on. Raises DatabaseUnreachable.
    """
    count, problems = 0, list[str]()
    with archive.reading() as s:
        found = lying_open(s, clock())
    for each in found:
        if (problem := _try(archive, seal, each, clock())) is None:
            count += 1
        else:
            problems.append(str(problem))
        done(1)
    return count, problems


def _try(archive: Archive, seal: Seal, recording_id: str, at: datetime) -> ArchiveError | None:
    """Seal one; the answer is why that could not be. Raises DatabaseUnreachable."""
    try:
        seal_sound(archive, seal, recording_id, at)
    except DatabaseUnreachable:
        raise
    except ArchiveError as problem:
        log.warning("not-sealed", recording=recording_id, why=str(problem))
        return problem
    return None
