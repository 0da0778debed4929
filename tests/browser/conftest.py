"""A console on a real port with a few calls in it, and the system's Chromium before it."""

import math
import os
import shutil
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from waitress import wasyncore

from recordings import ledger, stages, users
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.tables import Turn
from tests.web.known_insight import KnownInsight
from web.app import create_app
from web.serving import open_server

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "long enough to be good"
ZONE = ZoneInfo("Asia/Shanghai")
PATIENCE = 20_000
"""Milliseconds for what a person would see at once, on a machine that does a dozen other things."""
WORDS = 0.4
"""Seconds from one word to the next in the recordings."""


def say(file: Path, words: int) -> None:
    """A WAV that sounds like so many words: after a second of silence, bursts of a voice's harmonics."""
    seconds = np.arange(8000 * int(3 + words * WORDS)) / 8000
    since = seconds - 1
    voiced = (since >= 0) & (since < words * WORDS) & (since % WORDS < 0.3)
    voice = sum(np.sin(math.tau * 140 * harmonic * seconds) / harmonic for harmonic in (1, 2, 3, 5))
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes((7000 * voice * voiced).astype("<i2").tobytes())


def place_call(archive: Archive, spool: Path, number: int, passage: str, category: str, urgency: str) -> None:
    """One call as telephone and worker leave it: a word for every two characters of the passage."""
    at, call, recording = MORNING + timedelta(hours=number), f"call{number}", f"rec{number}"
    pairs = [passage[i : i + 2] for i in range(0, len(passage), 2)]
    starts = [1 + place * WORDS for place in range(len(pairs))]
    end, caller = starts[-1] + WORDS, f"1380000000{number}"
    with archive.session() as s:
        ledger.open_call(s, call_id=call, channel_id=call, node="main", caller=caller, line="95598", at=at)
        ledger.entered(s, call, category, at)
        ledger.request_recording(s, call_id=call, side="caller", recording_id=recording, at=at)
        ledger.recording_started(s, recording, at)
        ledger.mark_message(s, recording_id=recording, flow=category, start=0.5, end=end, ended_by="key")
        ledger.open_case(s, call_id=call, flow=category, at=at)
        ledger.close_call(s, call, "reported", at + timedelta(seconds=40))
    say(spool / f"{recording}.wav", len(pairs))
    take_in(archive, recording, spool / f"{recording}.wav", at + timedelta(seconds=41))
    timed = zip(pairs, starts, strict=True)
    words = [{"word": word, "start": start, "end": start + 0.3, "confidence": 0.9} for word, start in timed]
    turns = [Turn(start=1.0, end=end, text=passage, words=words)]
    with archive.session() as s:
        written = stages.write_transcript(s, recording, model="trial", text=passage, turns=turns, at=at)
        assert written
        stages.write_verdict(
            s,
            recording,
            transcript_id=written.id,
            category=category,
            second="",
            confidence=0.92,
            urgency=urgency,
            evidence=[{"text": pairs[1], "start": 2, "end": 4}],
            at=at,
        )


@pytest.fixture(scope="session")
def quick_hashes() -> Iterator[None]:
    """Real Argon2, but of the cheapest kind: every test signs in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def three_calls(tmp_path_factory: pytest.TempPathFactory, quick_hashes: None) -> Path:
    """The folder of an archive with three calls, made once and copied for every test: Li may sign in, the admin still
    has a one-time password."""
    folder, spool = tmp_path_factory.mktemp("three"), tmp_path_factory.mktemp("spool")
    archive = open_archive(folder)
    with archive.session() as s:
        users.add_user(s, name="li", password=PASSWORD, at=MORNING)
        users.add_user(s, name="admin", password="made up by us", role="admin", must_change_password=True, at=MORNING)
    place_call(archive, spool, 1, "我家电费比上个月多了一倍不止", "billing", "normal")
    place_call(archive, spool, 2, "小区停电三个小时还没有人来修老人在家里吸氧", "repair", "urgent")
    place_call(archive, spool, 3, "你们师傅态度太差我要投诉他", "complaint", "normal")
    archive.close()
    return folder


def open_archive(folder: Path) -> Archive:
    return Archive.open(f"sqlite:///{folder}/lianxin.db", str(folder / "store"))


@contextmanager
def copied(template: Path, folder: Path) -> Iterator[Archive]:
    """An archive of one's own that begins as the template, with a worker that was just seen."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    archive = open_archive(folder)
    with archive.session() as s:
        ledger.beat(s, "worker:here", datetime.now(UTC), model="lianxin-trial", trial=True)
    yield archive
    archive.close()


@pytest.fixture
def archive(tmp_path: Path, three_calls: Path) -> Iterator[Archive]:
    with copied(three_calls, tmp_path) as archive:
        yield archive


@pytest.fixture
def long_call(archive: Archive, tmp_path: Path) -> str:
    """Address of a fourth call, whose words fill several windows."""
    place_call(archive, tmp_path, 4, "小区停电三个小时还没有人来修" * 60, "repair", "urgent")
    return "/calls/call4"


@contextmanager
def serving(archive: Archive) -> Iterator[str]:
    """The console of an archive, at the address that this gives."""
    app = create_app(archive, secret_key="for these tests", zone=ZONE, insight=KnownInsight())
    server = open_server(app, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[attr-defined]
    # In its own thread, between two looks at its sockets: closing them under its hands would be an error there.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # type: ignore[attr-defined]
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def console(archive: Archive) -> Iterator[str]:
    with serving(archive) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, with a profile that is new each time.

    For this module alone: while Playwright runs, so does its event loop, and other tests could not run theirs.
    """
    binary = os.environ.get("LIANXIN_CHROMIUM") or shutil.which("chromium")
    if not binary or not Path(binary).exists():
        pytest.fail(
            "Chromium is not there: apt-get install chromium fonts-noto-cjk, or set LIANXIN_CHROMIUM to one",
            pytrace=False,
        )
    expect.set_options(timeout=PATIENCE)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=flags)
        yield browser
        browser.close()


def open_page(context: BrowserContext, console: str, troubles: list[str]) -> Page:
    """A page that notes every complaint of the browser and every request that leaves our host."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(console) else troubles.append(asked.url))
    return page


@pytest.fixture
def troubles() -> list[str]:
    """What the browser had to complain about; a test that provokes something takes it out again."""
    return []


@pytest.fixture
def page(chromium: Browser, console: str, troubles: list[str]) -> Iterator[Page]:
    """An agent's browser; the test fails when it had anything to complain about."""
    context = chromium.new_context(base_url=console, locale="zh-CN")
    yield open_page(context, console, troubles)
    context.close()
    assert troubles == []


@pytest.fixture
def plain_page(chromium: Browser, console: str) -> Iterator[Page]:
    """A browser that runs no JavaScript."""
    context = chromium.new_context(base_url=console, locale="zh-CN", java_script_enabled=False)
    yield open_page(context, console, [])
    context.close()


@pytest.fixture
def phone(chromium: Browser, console: str, troubles: list[str]) -> Iterator[Page]:
    """A telephone's browser, 390 px wide, in the dark."""
    size = {"width": 390, "height": 844}
    context = chromium.new_context(base_url=console, viewport=size, color_scheme="dark", has_touch=True)
    yield open_page(context, console, troubles)
    context.close()
    assert troubles == []
