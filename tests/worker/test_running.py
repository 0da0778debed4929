"""Real worker processes: started, told of work, stopped in order, and killed in the middle of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from recordings.archive import Archive
from recordings.tables import Call, Heartbeat, Recording
from worker.app import announce, make_app
from worker.running import BEGIN_ANEW

Record = Callable[..., str]
SCRIPT = Path(__file__).with_name("worker_process.py")


@contextmanager
def worker(var: Path, *, clock_wrong: float = 0.0) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process that is gone when the block ends."""
    with (var / "worker.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, str(SCRIPT), str(var), str(clock_wrong)], stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait(10)


def wait_until(condition: Callable[[], object], var: Path, limit: float = 40.0) -> None:
    """Wait for a condition; the worker's log is the message when it does not come."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, (var / "worker.log").read_text()
        time.sleep(0.05)


def stage(archive: Archive, recording_id: str) -> str:
    with archive.reading() as s:
        return s.get_one(Recording, recording_id).stage


def test_an_announced_recording_is_worked_through_at_once(archive: Archive, recorded: Record, var: Path) -> None:
    app = make_app("", var / "broker")
    with worker(var):
        wait_until(lambda: alive(archive), var)
        announce(app, recorded("r"))
        wait_until(lambda: stage(archive, "r") == "understood", var)


def alive(archive: Archive) -> list[Heartbeat]:
    with archive.reading() as s:
        beats = s.query(Heartbeat).filter(Heartbeat.name == f"worker:{os.uname().nodename}").all()
    return [beat for beat in beats if datetime.now(UTC) - beat.seen_at < timedelta(seconds=15)]


def test_it_says_which_model_is_in_use(archive: Archive, var: Path) -> None:
    with worker(var):
        wait_until(lambda: alive(archive), var)
        assert alive(archive)[0].detail == {"model": "slow", "trial": True}


def test_a_message_that_was_lost_costs_nothing(archive: Archive, recorded: Record, var: Path) -> None:
    recorded("never-announced")
    with worker(var):
        wait_until(lambda: stage(archive, "never-announced") == "understood", var)


def test_a_worker_killed_in_the_middle_of_a_call_has_it_finished_by_the_next(
    archive: Archive, recorded: Record, var: Path
) -> None:
    (var / "slow").touch()
    announce(make_app("", var / "broker"), recorded("r"))
    # Its clock goes 14 s late, so that what it holds is free again after one second.
    with worker(var, clock_wrong=-14) as first:
        wait_until((var / "hearing").exists, var)
        first.send_signal(signal.SIGKILL)
        first.wait(10)
    assert stage(archive, "r") == "queued"
    assert not list((var / "broker" / "waiting").iterdir()), "its message went with it"
    (var / "slow").unlink()
    with worker(var):
        wait_until(lambda: stage(archive, "r") == "understood", var)
    with archive.reading() as s:
        assert len(s.get_one(Recording, "r").transcripts) == 1
        assert len(s.get_one(Call, "call-r").verdicts) == 1


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand(
    archive: Archive, recorded: Record, var: Path
) -> None:
    (var / "slow").touch()
    announce(make_app("", var / "broker"), recorded("r"))
    with worker(var) as process:
        wait_until((var / "hearing").exists, var)
        process.terminate()
        wait_until(lambda: b"Warm shutdown" in (var / "worker.log").read_bytes(), var)
        assert process.poll() is None
        (var / "slow").unlink()
        assert process.wait(20) == 0
    assert stage(archive, "r") == "understood"


def test_work_in_hand_is_held_on_to_and_no_other_worker_takes_it(archive: Archive, recorded: Record, var: Path) -> None:
    (var / "slow").touch()
    announce(make_app("", var / "broker"), recorded("r"))
    with worker(var), worker(var):
        wait_until((var / "hearing").exists, var)
        first_held = held_until(archive)
        wait_until(lambda: held_until(archive) > first_held + timedelta(seconds=6), var)
        with archive.reading() as s:
            assert s.get_one(Recording, "r").attempts == 1
        (var / "slow").unlink()
        wait_until(lambda: stage(archive, "r") == "understood", var)


def held_until(archive: Archive) -> datetime:
    with archive.reading() as s:
        held = s.get_one(Recording, "r").held_until
    assert held is not None
    return held


def test_a_call_that_cannot_be_heard_does_not_stop_the_worker(archive: Archive, recorded: Record, var: Path) -> None:
    (var / "poison").touch()
    app = make_app("", var / "broker")
    announce(app, recorded("bad"))
    with worker(var) as process:
        wait_until(lambda: problem(archive, "bad") == "poison: not to be heard; throw it away", var)
        (var / "poison").unlink()
        announce(app, recorded("good"))
        wait_until(lambda: stage(archive, "good") == "understood", var)
        # After its rest the sweep gives the bad one another try.
        wait_until(lambda: stage(archive, "bad") == "understood", var)
        assert process.poll() is None


def problem(archive: Archive, recording_id: str) -> str:
    with archive.reading() as s:
        return s.get_one(Recording, recording_id).problem


def outdated_in_the_middle_of_a_call(archive: Archive, recorded: Record, var: Path) -> None:
    """Have the worker hear something, and then let its tools be outdated."""
    (var / "slow").touch()
    announce(make_app("", var / "broker"), recorded("r"))
    wait_until((var / "hearing").exists, var)
    (var / "outdated").touch()
    wait_until(lambda: "begins-anew" in (var / "worker.log").read_text(), var)


def test_a_worker_whose_tools_are_outdated_finishes_what_is_in_hand(
    archive: Archive, recorded: Record, var: Path
) -> None:
    with worker(var) as process:
        outdated_in_the_middle_of_a_call(archive, recorded, var)
        (var / "slow").unlink()
        assert process.wait(40) == BEGIN_ANEW
    assert stage(archive, "r") == "understood"


def test_who_stops_a_worker_is_obeyed_even_when_it_was_to_begin_anew(
    archive: Archive, recorded: Record, var: Path
) -> None:
    with worker(var) as process:
        outdated_in_the_middle_of_a_call(archive, recorded, var)
        stopped = (var / "worker.log").read_text().count("Warm shutdown")
        process.terminate()
        wait_until(lambda: (var / "worker.log").read_text().count("Warm shutdown") > stopped, var)
        (var / "slow").unlink()
        assert process.wait(40) == 0
    assert stage(archive, "r") == "understood"
