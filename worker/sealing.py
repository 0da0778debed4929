"""Seals the sound of masked words: of a call as soon as it is understood, and in rounds what still lies open."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
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
        with suppress(StoreUnreachable):  # Heard it is; a round seals it when the store is back.
            _try(tools.archive, tools.seal, each, tools.clock())


class SealingRounds:
    """Seals what lies open from before, a little in every round; what could not be sealed waits for the next start."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._failed: deque[str] = deque(maxlen=SET_ASIDE)

    def __call__(self) -> int:
        """Seal some; give how many. Raises DatabaseUnreachable, and StoreUnreachable when the store refused them all.

        Then nothing counts as failed: the store is away. One file that it refuses holds up nobody else.
        """
        if self._tools.seal is None:
            return 0
        with self._tools.archive.reading() as s:
            found = lying_open(s, self._tools.clock(), A_ROUND, but=tuple(self._failed))
        done, refused, trouble = 0, list[str](), None
        for each in found:
            try:
                problem = _try(self._tools.archive, self._tools.seal, each, self._tools.clock())
            except StoreUnreachable as away:
                refused.append(each)
                trouble = away
                continue
            if problem is None:
                done += 1
            else:
                self._failed.append(each)
        if trouble and len(refused) == len(found):
            raise trouble
        for each in refused:  # The store is there: it is these files that it does not give.
            log.warning("not-sealed", recording=each, why=str(trouble))
            self._failed.append(each)
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
        try:
            problem = _try(archive, seal, each, clock())
        except StoreUnreachable as refused:
            problem = str(refused)
        if problem is None:
            count += 1
        else:
            problems.append(problem)
        done(1)
    return count, problems


def _try(archive: Archive, seal: Seal, recording_id: str, at: datetime) -> str | None:
    """Seal one; the answer is why that could not be, as a line. Raises DatabaseUnreachable, StoreUnreachable."""
    try:
        seal_sound(archive, seal, recording_id, at)
    except (DatabaseUnreachable, StoreUnreachable):
        raise
    except ArchiveError as problem:
        log.warning("not-sealed", recording=recording_id, why=str(problem))
        return str(problem)
    return None
