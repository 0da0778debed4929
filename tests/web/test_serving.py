"""The console on a port: it answers, and a port that cannot be had is one sentence."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from waitress import wasyncore

from recordings.tables import Audit
from web.app import create_app
from web.errors import AddressRefused, PortInUse
from web.serving import open_server

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken():
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_port_in_use_is_named_with_the_setting(app, taken) -> None:
    with pytest.raises(PortInUse, match=rf"port {taken} on 127\.0\.0\.1 is in use; .*web\.port") as caught:
        open_server(app, "127.0.0.1", taken)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("host", "port"), [("203.0.113.7", 0), ("no such host", 8080), ("127.0.0.1", 70000)])
def test_an_address_that_is_not_ours_is_named_with_the_setting(app, host, port) -> None:
    with pytest.raises(AddressRefused, match=r"web\.host") as caught:
        open_server(app, host, port)
    assert "\n" not in str(caught.value)


def run_web(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"LIANXIN_VAR": str(tmp_path / "var"), "LIANXIN_SETTINGS": os.devnull}
    return subprocess.Popen(
        [sys.executable, "-m", "lianxin", "web", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )


def test_the_first_start_says_the_one_time_password_and_a_later_one_does_not(tmp_path) -> None:
    port = free_port()
    said = []
    for _ in range(2):
        console = run_web(tmp_path, "--port", str(port))
        try:
            assert console.stdout
            lines = [console.stdout.readline()]
            while lines[-1] and not lines[-1].startswith("Console: "):
                lines.append(console.stdout.readline())
            assert lines[-1] == f"Console: http://127.0.0.1:{port}/\n", console.stderr and console.stderr.read()
            said.append("".join(lines[:-1]))
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=10) as answer:
                assert "连心热线" in answer.read().decode()
        finally:
            console.send_signal(signal.SIGTERM)
            rest, _ = console.communicate(timeout=20)
        assert rest == ""
        assert console.returncode == 0
    assert re.fullmatch(r"Sign in as admin with the one-time password \w{14} .*\n", said[0])
    assert said[1] == ""
    key = tmp_path / "var/secrets/web-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) > 40


def test_when_the_port_is_taken_no_password_is_made_that_nobody_sees(tmp_path, taken) -> None:
    console = run_web(tmp_path, "--port", str(taken))
    out, err = console.communicate(timeout=60)
    assert console.returncode == 2
    assert out == ""
    assert err.count("\n") == 1
    assert f"port {taken} on 127.0.0.1 is in use" in err


@contextmanager
def serving(app: Flask, proxy: str = "") -> Iterator[int]:
    """The console answers at the port that this gives."""
    server = open_server(app, "127.0.0.1", 0, proxy)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    # In its own thread, between two looks at its sockets: closing them under its hands would be an error there.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def served(app) -> Iterator[int]:
    """The port on which the console answers."""
    with serving(app) as port:
        yield port


def test_many_at_once_are_all_answered(served, agent, exchange) -> None:
    exchange.call("家里停电了", category="repair")
    answers: list[int] = []

    def ask() -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{served}/sign-in", timeout=20) as answer:
            answers.append(answer.status)

    askers = [Thread(target=ask) for _ in range(20)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(30)
    assert answers == [200] * 20


@pytest.mark.parametrize("length", ["Content-Length: 900000000", "Transfer-Encoding: chunked"])
def test_a_stranger_cannot_fill_the_disk_with_a_body_that_nobody_wants(served, length) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", served), timeout=20) as stranger:
        stranger.sendall(f"POST /sign-in HTTP/1.1\r\nHost: console\r\n{length}\r\n\r\n".encode() + chunk)
        # It does not wait for the rest: the answer comes while most of the body is still to be sent.
        assert stranger.recv(1024).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(("proxy", "believed"), [("127.0.0.1", True), ("127.0.0.2", False), ("", False)])
def test_a_proxy_is_believed_whom_it_speaks_for_and_nobody_else_is(archive, proxy, believed) -> None:
    app = create_app(archive, secret_key="for these tests", zone=ZoneInfo("Asia/Shanghai"), tls=bool(proxy))
    host = "console.example"
    said = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": host}
    said["Referer"] = f"https://{host}/sign-in"
    with serving(app, proxy) as port:
        browser = HTTPConnection("127.0.0.1", port, timeout=20)
        browser.request("GET", "/sign-in", headers=said)
        form = browser.getresponse()
        token = re.search(r'name="csrf_token" value="([^"]+)"', form.read().decode())
        assert token
        cookie = form.headers["Set-Cookie"]
        assert ("Secure" in cookie) == bool(proxy)
        assert form.headers["Strict-Transport-Security"] == ("max-age=31536000" if proxy else None)
        said |= {"Cookie": cookie.partition(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
        fields = urlencode({"csrf_token": token[1], "name": "li", "password": "long enough to be good"})
        browser.request("POST", "/sign-in", fields, said)
        assert browser.getresponse().status == 303
        browser.close()
    with archive.reading() as s:
        assert s.scalars(select(Audit.target)).all() == ["203.0.113.9" if believed else "127.0.0.1"]
