"""What the tests of this room share: the trial model, real speech, a telephone line, and a server that breaks off."""

import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import Audio, read_audio
from asr.models import TRIAL_MODEL
from asr.vosk_engine import VoskEngine

SPEECH = Path(__file__).parent / "audio"


@pytest.fixture(scope="session")
def engine() -> VoskEngine:
    return VoskEngine(TRIAL_MODEL)


@pytest.fixture(scope="session")
def speech() -> Callable[[str], Audio]:
    """Speech of the fixtures by file name, see audio/README.md."""
    return lambda name: read_audio(SPEECH / name)


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    """What is said in each fixture, with the second at which each word begins."""
    read: dict[str, Any] = json.loads((SPEECH / "truth.json").read_text("utf-8"))
    return read


def fan_noise(samples: int, level: float) -> NDArray[np.float32]:
    """A ventilator beside the telephone, 8 kHz: pink noise that the blades chop, and its motor; level in dBFS."""
    rng = np.random.default_rng(20)
    seconds = np.arange(samples) / 8000
    frequency = np.fft.rfftfreq(samples, 1 / 8000)
    air = np.fft.irfft(np.fft.rfft(rng.standard_normal(samples)) / np.sqrt(np.maximum(frequency, 20)), samples)
    noise = air / air.std() * (1 + 0.5 * np.sin(2 * np.pi * 4.3 * seconds))
    noise += sum(0.4 * np.sin(2 * np.pi * 93 * overtone * seconds + overtone) for overtone in range(1, 7))
    spectrum = np.fft.rfft(noise)
    spectrum[(frequency < 300) | (frequency > 3400)] = 0
    line = np.fft.irfft(spectrum, samples)
    return (line / line.std() * 10 ** (level / 20)).astype(np.float32)


@pytest.fixture
def fan() -> Callable[[int, float], NDArray[np.float32]]:
    return fan_noise


@dataclass(frozen=True)
class Said:
    """What a command left: its exit code and what stood on the screen."""

    code: int
    out: str
    err: str


@pytest.fixture
def lianxin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the `lianxin` command in an empty folder; the screen is read at the descriptors, native output included."""
    for name in os.environ:
        if name.startswith("LIANXIN_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Said:
        from lianxin.cli import main

        monkeypatch.setattr(sys, "argv", ["lianxin", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0 if code is None else 1, out, err)

    return run


@pytest.fixture(scope="session")
def model_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model as the official ones come: a ZIP with one folder in it."""
    file = tmp_path_factory.mktemp("zip") / "vosk-model-test-0.1.zip"
    with zipfile.ZipFile(file, "w") as pack:
        for path in sorted(TRIAL_MODEL.rglob("*")):
            if path.is_file() and path.name != "TRIAL":
                pack.write(path, f"vosk-model-test-0.1/{path.relative_to(TRIAL_MODEL)}")
    return file


@dataclass
class Shop:
    """A server with one file that can be told to misbehave, request by request."""

    body: bytes = b""
    etag: str = '"one"'
    ranges: bool = True
    breaks: list[int] = field(default_factory=list)
    """For each coming request: the bytes after which the line breaks."""
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)
    """For each request: the status that was answered."""
    port: int = 0

    def url(self, name: str = "vosk-model-test-0.1.zip") -> str:
        return f"http://127.0.0.1:{self.port}/models/{name}"


def _handler(shop: Shop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            shop.asked.append(asked)
            wanted = asked.get("range") if shop.ranges and asked.get("if-range", shop.etag) == shop.etag else None
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            status = shop.status if shop.status != 200 else 206 if wanted else 200
            if wanted and start >= len(shop.body):
                status = 416
            piece = b"" if status in (404, 416, 500) else shop.body[start:]
            shop.sent.append(status)
            self.send_response(status)
            if shop.etag:
                self.send_header("ETag", shop.etag)
            if status == 206:
                self.send_header("Content-Range", f"bytes {start}-{len(shop.body) - 1}/{len(shop.body)}")
            if status == 416:
                self.send_header("Content-Range", f"bytes */{len(shop.body)}")
            self.send_header("Content-Length", str(len(piece)))
            self.end_headers()
            limit = shop.breaks.pop(0) if shop.breaks else len(piece)
            self.wfile.write(piece[:limit])
            if limit < len(piece):
                self.close_connection = True

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Keep the test's screen clean."""

    return Handler


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(shop))
    shop.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield shop
    server.shutdown()
    server.server_close()
    thread.join()
