"""One try at a recording, in which nothing that goes wrong stops the others."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from asr.errors import AsrError
from quality.errors import QualityError
from recordings import stages
from recordings.errors import ArchiveError, DatabaseUnreachable, RecordingUnknown, StoreUnreachable
from recordings.ledger import recording_of
from triage.errors import TriageError
from worker.pipeline import work_through
from worker.tools import Tools

log = structlog.get_logger()


class Hands:
    """Which recordings this process works on. Many threads may share one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Counter[str] = Counter()

    @contextmanager
    def holding(self, recording_id: str) -> Iterator[None]:
        """Have it in hand for as long as the block lasts."""
        with self._lock:
            self._held[recording_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._held[recording_id] -= 1

    def held(self) -> list[str]:
        """What is in hand now."""
        with self._lock:
            return [recording_id for recording_id, times in self._held.items() if times > 0]


def attempt(tools: Tools, recording_id: str) -> None:
    """Work a recording through, or note why that failed. Raises only DatabaseUnreachable: then nothing can be noted."""
    try:
        with tools.archive.reading() as s:
            call_id = recording_of(s, recording_id, to_change=False).leg.call_id
    except RecordingUnknown as error:
        log.warning("recording-unknown", recording=recording_id, why=str(error))
        return
    with structlog.contextvars.bound_contextvars(call=call_id, recording=recording_id):
        try:
            work_through(tools, recording_id)
        except (StoreUnreachable, DatabaseUnreachable) as error:
            log.warning("put-back", why=str(error))
            with tools.archive.session() as s:
                stages.put_back(s, recording_id, tools.clock())
        except (AsrError, TriageError, QualityError, ArchiveError) as error:
            _failed(tools, recording_id, str(error))
        except Exception as error:  # The outermost loop of a worker: one bad recording must not stop it.
            log.exception("stage-failed-unexpectedly")
            _failed(tools, recording_id, f"unexpected {type(error).__name__}; the worker's log has all of it")


def _failed(tools: Tools, recording_id: str, problem: str) -> None:
    with tools.archive.session() as s:
        last = stages.failed_attempt(s, recording_id, problem, tools.clock())
    log.warning("set-aside" if last else "stage-failed", problem=problem)
