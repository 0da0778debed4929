"""Pages are made by helpers too, and none is lost when a helper ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
LONG = 30.0
"""Seconds; nobody waits so long where all is well."""


@dataclass
class Console:
    """The application of helped_app.py, its process, and where it looks for `go`."""

    process: subprocess.Popen[str]
    client: httpx.Client
    folder: Path

    def maker(self, path: str, method: str = "GET") -> int:
        """Id of the process that made the answer."""
        return int(self.client.request(method, path).raise_for_status().text)


def until(so: Callable[[], bool]) -> None:
    """Wait for a condition, and fail when it does not come."""
    end = time.monotonic() + LONG
    while not so():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def running(folder: Path) -> Iterator[Console]:
    command = [sys.executable, "-m", "tests.web.helped_app", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        assert process.stdout
        address = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        with httpx.Client(base_url=address, trust_env=False, timeout=LONG) as client:
            console = Console(process, client, folder)
            until(lambda: console.maker("/page") != process.pid)
            yield console
        process.kill()


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """One for all tests that leave it as it is."""
    with running(tmp_path_factory.mktemp("helped")) as console:
        yield console


@pytest.fixture
def own_console(tmp_path: Path) -> Iterator[Console]:
    """For tests that end it, or its helper."""
    with running(tmp_path) as console:
        yield console


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_page_is_made_by_the_helper_with_all_that_was_asked(console: Console) -> None:
    assert console.maker("/page") != console.process.pid
    answer = console.client.get("/told", params={"q": "停电"}, headers={"Cookie": "lianxin=1"})
    assert answer.text == "q=%E5%81%9C%E7%94%B5&lianxin=1&127.0.0.1"
    assert answer.headers["X-Kept"] == "yes"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/page"), ("GET", "/calls/export.csv"), ("GET", "/api/v1/calls"), ("GET", "/live"), ("GET", "/static/a")],
)
def test_what_is_no_page_is_answered_by_the_console_itself(console: Console, method: str, path: str) -> None:
    assert console.maker(path, method) == console.process.pid


def test_while_the_helper_makes_one_the_console_makes_another(console: Console) -> None:
    with ThreadPoolExecutor(2) as readers:
        makers = [readers.submit(console.maker, "/waits") for _ in range(2)]
        until(lambda: len(list(console.folder.glob("*.begun"))) == 2)
        (console.folder / "go").touch()
        assert console.process.pid in {maker.result(LONG) for maker in makers}


def test_what_a_helper_was_making_when_it_ended_is_made_all_the_same_and_another_helps(own_console: Console) -> None:
    first = own_console.maker("/page")
    assert own_console.maker("/ends") == own_console.process.pid
    until(lambda: own_console.maker("/page") not in (first, own_console.process.pid))
    assert not is_alive(first)


def test_what_a_helper_fails_at_is_made_by_the_console_and_it_goes_on(console: Console) -> None:
    helper = console.maker("/page")
    assert console.maker("/fails") == console.process.pid
    assert console.maker("/page") == helper


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_helpers_end_with_the_console_however_it_ends(own_console: Console, ending: signal.Signals) -> None:
    helper = own_console.maker("/page")
    keeper = int(Path(f"/proc/{helper}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(own_console.process.pid, ending)
    own_console.process.wait(LONG)
    until(lambda: not is_alive(helper) and not is_alive(keeper))
