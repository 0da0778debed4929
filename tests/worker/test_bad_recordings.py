"""Files that went bad in the store: each is tried three times, then set aside with its reason, and the others go on."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lianxin.cli import main
from recordings.archive import Archive
from recordings.tables import Recording
from worker.attempt import attempt
from worker.sweep import Sweep
from worker.tools import Tools

Record = Callable[..., str]
Make = Callable[..., Tools]


def put(archive: Archive, recording_id: str, content: bytes) -> None:
    with archive.reading() as s:
        (Path(archive.store.url) / s.get_one(Recording, recording_id).key).write_bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "0 bytes"),
        (b"RIFF", "no audio"),
        ("您好".encode() * 1000, "no audio"),
        (np.random.default_rng(1).bytes(50_000), "no audio"),
        (b"PK\x03\x04" + bytes(1000), "ZIP"),
    ],
    ids=["empty", "a header's beginning", "text", "random", "zip"],
)
def test_it_is_set_aside_with_its_reason_and_the_next_one_is_heard(
    archive: Archive, recorded: Record, tools: Make, clock: Any, content: bytes, reason: str
) -> None:
    put(archive, recorded("bad", at=clock()), content)
    recorded("good", at=clock())
    for _ in range(3):
        attempt(tools(), "bad")
        clock.later(60)
    attempt(tools(), "good")
    with archive.reading() as s:
        bad, good = s.get_one(Recording, "bad"), s.get_one(Recording, "good")
        assert (bad.stage, good.stage) == ("set-aside", "understood")
        assert reason in bad.problem
        assert "bad.wav" in bad.problem
        assert bad.leg.call.events[-1].kind == "set-aside"


def test_what_was_set_aside_is_tried_again_when_it_is_mended(
    archive: Archive,
    var: Path,
    recorded: Record,
    tools: Make,
    clock: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in {"VAR": var, "DATABASE": f"sqlite:///{var}/lianxin.db", "STORE": var / "archive"}.items():
        monkeypatch.setenv(f"LIANXIN_{name}", str(value))

    def lianxin(*arguments: str) -> tuple[int | str | None, str]:
        monkeypatch.setattr(sys, "argv", ["lianxin", "set-aside", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    with archive.reading() as s:
        whole = (Path(archive.store.url) / s.get_one(Recording, recorded("r", at=clock())).key).read_bytes()
    put(archive, "r", b"")
    for _ in range(3):
        attempt(tools(), "r")
        clock.later(60)
    code, said = lianxin("list")
    assert code == 0
    assert "\nr  call call-r  " in f"\n{said}"
    assert "r.wav: the file is empty (0 bytes)" in said
    put(archive, "r", whole)
    assert lianxin("again", "--all") == (0, "1 recordings are tried again.\n")
    clock.time = datetime.now(UTC) + timedelta(minutes=1)
    announced: list[str] = []
    Sweep(tools(), announced.append, stalled=600)()
    assert announced == ["r"]
    attempt(tools(), "r")
    assert lianxin("list") == (0, "0 recordings are set aside.\n")
    code, said = lianxin("again", "r")
    assert (code, "recording r is not set aside" in said) == (2, True)
    with archive.reading() as s:
        assert s.get_one(Recording, "r").stage == "understood"


def test_what_breaks_off_is_heard_up_to_there(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    recorded("cut", at=clock())
    with archive.reading() as s:
        file = Path(archive.store.url) / s.get_one(Recording, "cut").key
    put(archive, "cut", file.read_bytes()[: file.stat().st_size // 2])
    attempt(tools(), "cut")
    with archive.reading() as s:
        assert s.get_one(Recording, "cut").stage == "understood"
        assert s.get_one(Recording, "cut").transcripts[0].text.startswith("停电")
