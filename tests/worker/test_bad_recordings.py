"""Files that went bad in the store: each is tried three times, then set aside with its reason, and the others go on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recordings.archive import Archive
from recordings.tables import Recording
from worker.attempt import attempt
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


def test_what_breaks_off_is_heard_up_to_there(archive: Archive, recorded: Record, tools: Make, clock: Any) -> None:
    recorded("cut", at=clock())
    with archive.reading() as s:
        file = Path(archive.store.url) / s.get_one(Recording, "cut").key
    put(archive, "cut", file.read_bytes()[: file.stat().st_size // 2])
    attempt(tools(), "cut")
    with archive.reading() as s:
        assert s.get_one(Recording, "cut").stage == "understood"
        assert s.get_one(Recording, "cut").transcripts[0].text.startswith("停电")
