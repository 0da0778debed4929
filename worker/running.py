"""The worker's process: Celery with a pool of threads, a heartbeat, the sweep and the sealing of sound beside it."""

import os
import signal
import socket
from collections.abc import Callable
from typing import Any

import structlog
from celery import Celery
from celery.signals import setup_logging, worker_shutting_down

from recordings import stages
from recordings.ledger import beat
from worker.app import TASK, announce
from worker.attempt import Hands, attempt
from worker.rounds import Rounds
from worker.sealing import SealingRounds
from worker.sweep import Sweep
from worker.tools import Tools

BEAT = 5.0
"""Seconds between two signs of life; also how often work in hand is held on to."""
BEGIN_ANEW = 75
"""Exit code of a worker that is to begin anew with other tools; sysexits.h calls it a temporary failure."""

log = structlog.get_logger()


def run_worker(
    app: Celery, tools: Tools, *, threads: int, sweep: float, stalled: float, outdated: Callable[[], bool] = bool
) -> int:
    """Work through recordings until SIGTERM or SIGINT, which lets the work in hand be finished; give the exit code.

    `threads` recordings at a time; a sweep every `sweep` seconds for what was announced `stalled` seconds ago. When
    its tools are `outdated` it ends in the same way, with BEGIN_ANEW.
    """
    hands, renewal = Hands(), Renewal(outdated)

    def work_through(recording_id: str) -> None:
        with hands.holding(recording_id):
            attempt(tools, recording_id)

    app.task(name=TASK)(work_through)
    setup_logging.connect(_leave_logging_alone)
    worker_shutting_down.connect(renewal.stopping, weak=False)
    worker = app.Worker(
        pool="threads",
        concurrency=threads,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    again = Sweep(tools, lambda recording_id: announce(app, recording_id), stalled)
    with (
        Rounds("heartbeat", BEAT, lambda: say_alive(tools, hands)),
        Rounds("sweep", sweep, again),
        Rounds("sealing", sweep, SealingRounds(tools)),
        Rounds("renewal", BEAT, renewal),
    ):
        worker.start()
    return BEGIN_ANEW if renewal.due else int(worker.exitcode or 0)


class Renewal:
    """Asks this process to stop when its tools are outdated, unless somebody else asks it: who stops it is obeyed."""

    def __init__(self, outdated: Callable[[], bool]) -> None:
        self._outdated = outdated
        self._asked = False
        self._requests = 0
        """To stop, ours among them."""

    @property
    def due(self) -> bool:
        """Whether nobody but us asked."""
        return self._asked and self._requests <= 1

    def stopping(self, **_: Any) -> None:
        """Celery was asked to stop."""
        self._requests += 1

    def __call__(self) -> None:
        """Look once. Raises what looking raises."""
        if not self._asked and not self._requests and self._outdated():
            self._asked = True
            log.info("begins-anew")
            os.kill(os.getpid(), signal.SIGTERM)


def say_alive(tools: Tools, hands: Hands) -> None:
    """Write the heartbeat with the models in use, and hold on to what is in hand."""
    at = tools.clock()
    models = ", ".join(dict.fromkeys(engine.name for engine in tools.engines))
    trial = any(engine.trial for engine in tools.engines)
    with tools.archive.session() as s:
        beat(s, f"worker:{socket.gethostname()}", at, model=models, trial=trial)
        stages.hold(s, hands.held(), at)


def _leave_logging_alone(**_: Any) -> None:
    """Celery sets up logging of its own unless somebody answers this signal."""
