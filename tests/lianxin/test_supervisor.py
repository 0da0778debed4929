"""Processes that are kept running."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from lianxin.errors import PartNotReady
from lianxin.supervisor import Part, Supervisor

STAYS = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).open('a').write('begun\\n'); time.sleep(60)"


def part(tmp_path: Path, code: str, ready=None, alive=None) -> Part:
    begun = tmp_path / "begun"

    async def has_begun() -> bool:
        return begun.exists()

    return Part(
        "part", (sys.executable, "-c", code, str(begun)), tmp_path / "log" / "part.log", ready or has_begun, alive
    )


async def until(condition, limit=20.0):
    async with asyncio.timeout(limit):
        while not condition():
            await asyncio.sleep(0.05)


async def test_what_dies_is_started_again_and_what_runs_is_stopped(tmp_path):
    said: list[str] = []
    supervisor = Supervisor(said.append)
    await supervisor.start(part(tmp_path, STAYS + "\n"))
    watching = asyncio.create_task(supervisor.watch())
    first = supervisor.pids()["part"]
    os.kill(first, 9)
    await until(lambda: (tmp_path / "begun").read_text().count("begun") == 2)
    second = supervisor.pids()["part"]
    assert second != first
    assert "starting it again" in said[0]
    watching.cancel()
    await supervisor.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


async def test_a_part_that_ends_at_once_is_named_with_its_last_words(tmp_path):
    with pytest.raises(PartNotReady, match="part ended at once: no luck today"):
        await Supervisor(print).start(part(tmp_path, "raise SystemExit('no luck today')"))


async def test_a_part_that_never_gets_ready_is_named_and_can_be_stopped(tmp_path):
    async def never() -> bool:
        return False

    supervisor = Supervisor(print)
    with pytest.raises(PartNotReady, match=r"not ready within 0\.5 s"):
        await supervisor.start(part(tmp_path, STAYS, never), limit=0.5)
    pid = supervisor.pids()["part"]
    await supervisor.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_part_that_meant_to_end_is_not_started_again(tmp_path):
    said: list[str] = []
    supervisor = Supervisor(said.append)
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write('begun\\n'); import time; time.sleep(1)"
    await supervisor.start(part(tmp_path, code))
    await asyncio.wait_for(supervisor.watch(), 20)
    assert "stopped by itself" in said[0]
    assert (tmp_path / "begun").read_text().count("begun") == 1


async def test_a_part_whose_work_somebody_else_does_is_started_again_when_nobody_does(tmp_path, monkeypatch):
    monkeypatch.setattr("lianxin.supervisor.LOOK", 0.1)
    somebody = True

    async def done_by_somebody() -> bool:
        return somebody

    supervisor, said = Supervisor(lambda text: said.append(text)), []
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write('begun\\n')"
    await supervisor.start(part(tmp_path, code, alive=done_by_somebody))
    watching = asyncio.create_task(supervisor.watch())
    await until(lambda: said)
    assert (tmp_path / "begun").read_text().count("begun") == 1
    somebody = False
    await until(lambda: (tmp_path / "begun").read_text().count("begun") == 2)
    watching.cancel()
    await supervisor.stop()


async def test_a_part_that_hangs_is_ended_and_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr("lianxin.supervisor.LOOK", 0.1)
    monkeypatch.setattr("lianxin.supervisor.LONGEST_PAUSE", 0.5)

    async def never() -> bool:
        return False

    said: list[str] = []
    supervisor = Supervisor(said.append)
    await supervisor.start(part(tmp_path, STAYS, alive=never))
    os.kill(supervisor.pids()["part"], signal.SIGSTOP)
    watching = asyncio.create_task(supervisor.watch())
    await until(lambda: (tmp_path / "begun").read_text().count("begun") == 2)
    assert "no sign of life" in said[0]
    watching.cancel()
    await supervisor.stop()


WATCHES = """
import asyncio, pathlib, sys
from lianxin.supervisor import Part, Supervisor
async def ready():
    return pathlib.Path(sys.argv[2]).exists()
async def main():
    supervisor = Supervisor(print)
    command = (sys.executable, "-c", sys.argv[1], sys.argv[2])
    await supervisor.start(Part("part", command, pathlib.Path(sys.argv[2] + ".log"), ready))
    print(supervisor.pids()["part"], flush=True)
    await supervisor.watch()
asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
async def test_when_whoever_watches_is_killed_no_part_stays_behind(tmp_path):
    watcher = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WATCHES, STAYS, str(tmp_path / "begun"), stdout=asyncio.subprocess.PIPE
    )
    pid = int(await asyncio.wait_for(watcher.stdout.readline(), 20))
    watcher.kill()
    await watcher.wait()
    await until(lambda: not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes())


async def test_a_part_that_will_not_stop_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("lianxin.supervisor.STOP_LIMIT", 0.5)
    said: list[str] = []
    supervisor = Supervisor(said.append)
    await supervisor.start(part(tmp_path, "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + STAYS))
    pid = supervisor.pids()["part"]
    await supervisor.stop()
    assert "is killed" in said[0]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
