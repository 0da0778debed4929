"""Calls that come in while somebody reads: five a second, written as telephone and worker write them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from lianxin.bench.sentences import category, passages
from recordings import ledger, stages
from recordings.archive import Archive
from recordings.tables import Recording, Turn

RATE = 5.0
"""Calls a second."""


@contextmanager
def arriving(archive: Archive, folder: Path, rate: float = RATE) -> Iterator[Callable[[], int]]:
    """While the block runs calls arrive; the function tells how many did. `folder` is the archive's own."""
    own = Archive.open(f"sqlite:///{folder / 'lianxin.db'}", str(folder / "archive"))
    ended, random, arrived = threading.Event(), Random(str(folder)), 0

    def ring() -> None:
        nonlocal arrived
        due = time.monotonic()
        while not ended.is_set():
            _call(own, random)
            arrived += 1
            due += 1 / rate
            ended.wait(max(0.0, due - time.monotonic()))

    thread = threading.Thread(target=ring)
    thread.start()
    try:
        yield lambda: arrived
    finally:
        ended.set()
        thread.join()
        own.close()


def _call(archive: Archive, random: Random) -> None:
    """One call from ringing to being understood: the transactions that it takes in life, but no sound."""
    call, at = uuid4().hex, datetime.now(UTC)
    recording, about = f"r{call[1:]}", category(random)
    said = passages(random, about)
    with archive.session() as s:
        ledger.open_call(s, call_id=call, channel_id=call, node="main", caller="13800000000", line="95598", at=at)
        ledger.entered(s, call, about, at)
    with archive.session() as s:
        ledger.request_recording(s, call_id=call, side="caller", recording_id=recording, at=at)
    with archive.session() as s:
        ledger.open_case(s, call_id=call, flow=about, at=at)
        ledger.close_call(s, call, "reported", at + timedelta(seconds=40))
    with archive.session() as s:
        row = s.get_one(Recording, recording)
        row.state, row.duration = "stored", 30.0
        row.stage = stages.QUEUED
    turns = [Turn(start=i * 2.0, end=i * 2.0 + 1.5, text=text, words=[]) for i, text in enumerate(said)]
    with archive.session() as s:
        written = stages.write_transcript(s, recording, model="bench", text="，".join(said), turns=turns, at=at)
    with archive.session() as s:
        stages.write_verdict(
            s, recording, transcript_id=written.id if written else 0, category=about, second="", confidence=0.9,
            urgency="normal", evidence=[], at=at,
        )  # fmt: skip
