"""An archive of its own for every test, and a call to begin with."""

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recordings import ledger
from recordings.archive import Archive

NOW = datetime(2026, 3, 1, 23, 59, 50, tzinfo=UTC)
RATE = 8000


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    yield opened
    opened.close()


@pytest.fixture
def call(archive: Archive) -> str:
    """The id of a call that rang just now."""
    with archive.session() as s:
        ledger.open_call(s, call_id="call-1", channel_id="ch-1", node="main", caller="", line="95598", at=NOW)
    return "call-1"


@pytest.fixture
def recording(archive: Archive, call: str) -> str:
    """The id of a recording that was asked for."""
    with archive.session() as s:
        ledger.request_recording(s, call_id=call, side="caller", recording_id="rec-1", at=NOW)
    return "rec-1"


@pytest.fixture
def spool(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file as Asterisk would, with whatever fault is asked for."""

    def write(seconds: float = 2.0, *, name: str = "rec-1.wav", **fault: int) -> Path:
        folder = tmp_path / "spool"
        folder.mkdir(exist_ok=True)
        file = folder / name
        file.write_bytes(wav_bytes(seconds, **fault))
        return file

    return write


def wav_bytes(
    seconds: float,
    *,
    stated: int | None = None,
    riff: int | None = None,
    tag: int = 1,
    channels: int = 1,
    bits: int = 16,
    odd: int = 0,
) -> bytes:
    """A WAV of a rising tone. `stated` and `riff` put other lengths in its header, `odd` adds bytes to its end."""
    count = round(seconds * RATE)
    samples = b"".join(struct.pack("<h", (n * 37) % 20000 - 10000) for n in range(count)) + b"\x07" * odd
    length = len(samples) if stated is None else stated
    block = channels * bits // 8
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, tag, channels, RATE, RATE * block, block, bits)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + length if riff is None else riff, b"WAVE")
        + form
        + struct.pack("<4sI", b"data", length)
        + samples
    )
