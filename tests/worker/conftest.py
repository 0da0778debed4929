"""An archive of its own for every test, with recordings of a voice waiting in it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

import ivr.prompts
from asr.transcript import Passage, Word
from recordings import ledger
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.sealing import Seal
from triage.verdict import Category, Evidence, Urgency, Verdict
from worker.tools import Tools

VOICE = Path(ivr.prompts.__file__).parent / "zh" / "menu.nothing-heard.wav"


class FakeEngine:
    """Hears what it was told to hear, or fails as it was told to."""

    sample_rate = 8000
    trial = True

    def __init__(self, hear: Callable[[], str], name: str) -> None:
        self._hear, self.name = hear, name

    def hear(self, samples: object) -> Passage:
        return Passage((Word(self._hear(), 0.1, 0.5, 0.9),))


class FakeClassifier:
    """Takes everything for a repair."""

    def classify(self, text: str) -> Verdict:
        return Verdict(Category.REPAIR, Category.COMPLAINT, 0.9, Urgency.URGENT, (Evidence(text[:2], 0, 2),))


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def later(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def var(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def archive(var: Path) -> Iterator[Archive]:
    opened = Archive.open(f"sqlite:///{var}/lianxin.db", str(var / "archive"))
    yield opened
    opened.close()


@pytest.fixture
def seal() -> Seal:
    return Seal(Fernet.generate_key().decode())


@pytest.fixture
def recorded(archive: Archive, tmp_path: Path) -> Callable[..., str]:
    """Takes a recording of a voice, or another file, into the archive as that of a call of its own; gives its id."""

    def record(name: str, wav: Path = VOICE, *, side: str = "caller", at: datetime | None = None) -> str:
        moment = at or datetime.now(UTC)
        with archive.session() as s:
            ledger.open_call(s, call_id=f"call-{name}", channel_id=name, node="main", caller="", line="", at=moment)
            ledger.request_recording(s, call_id=f"call-{name}", side=side, recording_id=name, at=moment)
            ledger.close_call(s, f"call-{name}", "reported", moment)
        spooled = tmp_path / f"{name}.wav"
        shutil.copy(wav, spooled)
        assert take_in(archive, name, spooled, moment) == "stored"
        return name

    return record


@pytest.fixture
def tools(archive: Archive, clock: Clock) -> Callable[..., Tools]:
    """Tools with an engine that hears as the given function says."""

    def make(hear: Callable[[], str] = lambda: "停电", seal: Seal | None = None, model: str = "fake") -> Tools:
        return Tools(archive, FakeEngine(hear, model), FakeClassifier(), clock, seal=seal)

    return make
