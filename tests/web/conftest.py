"""An archive with calls in it, and an agent at the console's test client."""

import io
import math
import re
import shutil
import struct
import wave
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recordings import ledger, stages, users
from recordings.archive import Archive
from recordings.intake import take_in
from recordings.sealing import Seal
from recordings.tables import Turn
from recordings.tokens import make_token
from tests.web.known_insight import KnownInsight
from web.app import create_app
from web.session.rights import SCOPES

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""Noon of 2 March in Shanghai; calls are a minute apart from here on."""
PASSWORD = "long enough to be good"


@cache
def tone(seconds: float) -> bytes:
    """A WAV as Asterisk writes it, with a hum in it."""
    count = int(8000 * seconds)
    samples = (int(9000 * math.sin(math.tau * 220 * n / 8000) * (n % 1600 < 1200)) for n in range(count))
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack(f"<{count}h", *samples))
    return sound.getvalue()


class Exchange:
    """The telephone and the worker, as far as the archive hears of them."""

    def __init__(self, archive: Archive, spool: Path) -> None:
        self.archive = archive
        self.spool = spool
        self.taken = 0

    def call(
        self,
        *passages: str,
        category: str = "",
        at: datetime | None = None,
        caller: str = "13800000000",
        flow: str = "repair",
        ended: bool = True,
        **verdict: Any,
    ) -> str:
        """A call that said these passages; without a category it waits for its transcript."""
        self.taken += 1
        call_id, recording_id = f"call{self.taken:04}", f"rec{self.taken:04}"
        at = at or NOON + timedelta(minutes=self.taken)
        with self.archive.session() as s:
            ids = {"call_id": call_id, "channel_id": f"ch-{call_id}"}
            ledger.open_call(s, **ids, node="main", caller=caller, line="95598", at=at)
            ledger.answered(s, call_id, at)
            ledger.entered(s, call_id, "main", at)
            ledger.entered(s, call_id, flow, at)
            ledger.request_recording(s, call_id=call_id, side="caller", recording_id=recording_id, at=at)
            ledger.recording_started(s, recording_id, at)
            if ended:
                ledger.mark_message(s, recording_id=recording_id, flow=flow, start=0.5, end=8.0, ended_by="key")
                ledger.open_case(s, call_id=call_id, flow=flow, at=at)
                ledger.close_call(s, call_id, "reported", at + timedelta(seconds=75))
        if ended:
            file = self.spool / f"{recording_id}.wav"
            file.write_bytes(tone(10))
            take_in(self.archive, recording_id, file, at + timedelta(seconds=80))
        if category:
            self.understand(recording_id, passages, category, at + timedelta(seconds=90), **verdict)
        return call_id

    def understand(
        self,
        recording_id: str,
        passages: tuple[str, ...],
        category: str,
        at: datetime,
        *,
        second: str = "",
        confidence: float = 0.92,
        urgency: str = "normal",
        evidence: tuple[str, ...] = (),
    ) -> None:
        """What the worker writes: a transcript whose words are two characters long, and a verdict."""
        text, turns, clock = "，".join(passages), [], 1.0
        for passage in passages:
            pairs = [passage[i : i + 2] for i in range(0, len(passage), 2)]
            words = [
                {"word": pair, "start": clock + i * 0.5, "end": clock + i * 0.5 + 0.4, "confidence": 0.9}
                for i, pair in enumerate(pairs)
            ]
            end = words[-1]["end"]
            turns.append(Turn(start=clock, end=end, text=passage, words=words))
            clock = end + 1.0
        with self.archive.session() as s:
            written = stages.write_transcript(s, recording_id, model="trial", text=text, turns=turns, at=at)
            assert written is not None
            stages.write_verdict(
                s,
                recording_id,
                transcript_id=written.id,
                category=category,
                second=second,
                confidence=confidence,
                urgency=urgency,
                evidence=[{"text": e, "start": text.index(e), "end": text.index(e) + len(e)} for e in evidence],
                at=at,
            )


class Agent:
    """Somebody at the console: follows links, fills in forms with the token that the page gave."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def sees(self, address: str, status: int = 200) -> str:
        """Open a page, following redirects, and give its HTML."""
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == status, answer.text
        return answer.text

    def sends(self, form: str, page: str | None = None, **fields: str) -> TestResponse:
        """Send a form with the token of its page; follows redirects."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.sees(page or form))
        assert token
        return self.client.post(form, data={"csrf_token": token[1]} | fields, follow_redirects=True)

    def signs_in(self, name: str = "li", password: str = PASSWORD) -> TestResponse:
        """Go through the sign-in form."""
        return self.sends("/sign-in", name=name, password=password)


class Program:
    """Something that comes with a token."""

    def __init__(self, client: FlaskClient, token: str, number: int) -> None:
        self.client, self.number = client, number
        self.key = {"Authorization": f"Bearer {token}"}

    def asks(self, path: str, status: int = 200, **more: Any) -> Any:
        answer = self.client.get(f"/api/v1{path}", headers=self.key | more.pop("headers", {}), **more)
        assert answer.status_code == status, answer.text
        return answer.json if answer.is_json else answer

    def says(self, path: str, body: object, status: int = 200) -> Any:
        answer = self.client.post(f"/api/v1{path}", headers=self.key, json=body)
        assert answer.status_code == status, answer.text
        return answer.json


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Real Argon2, but of the cheapest kind: hundreds of tests sign in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(users, "PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory, quick_hashes: None) -> Path:
    """The file of an archive where Li may sign in and nobody has called, made once and copied for every test."""
    file = tmp_path_factory.mktemp("new") / "lianxin.db"
    archive = Archive.open(f"sqlite:///{file}", str(file.parent / "store"))
    with archive.session() as s:
        users.add_user(s, name="li", password=PASSWORD, at=NOON)
    archive.close()
    return file


@pytest.fixture
def archive(tmp_path: Path, new_database: Path) -> Iterator[Archive]:
    shutil.copy(new_database, tmp_path / "lianxin.db")
    seal = Seal(Fernet.generate_key().decode())
    archive = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "store"), vault=lambda: seal)
    yield archive
    archive.close()


@pytest.fixture
def exchange(archive: Archive, tmp_path: Path) -> Exchange:
    spool = tmp_path / "spool"
    spool.mkdir()
    return Exchange(archive, spool)


@pytest.fixture
def app(archive: Archive) -> Flask:
    return create_app(archive, secret_key="for these tests", zone=ZONE, insight=KnownInsight())


@pytest.fixture
def someone(app: Flask) -> Callable[[], Agent]:
    """A new browser each time, nobody signed in."""
    return lambda: Agent(app.test_client())


@pytest.fixture
def agent(someone: Callable[[], Agent]) -> Agent:
    """Li, signed in."""
    li = someone()
    assert li.signs_in().status_code == 200
    return li


@pytest.fixture
def root(someone: Callable[[], Agent], archive: Archive) -> Agent:
    """The admin, signed in."""
    with archive.session() as s:
        users.add_user(s, name="root", password=PASSWORD, role="admin", at=NOON)
    root = someone()
    assert root.signs_in("root").status_code == 200
    return root


@pytest.fixture
def program(app: Flask, archive: Archive) -> Callable[..., Program]:
    """Makes programs that work for Li."""

    def made(*scopes: str, user: str = "li", lasts: timedelta = timedelta(days=365)) -> Program:
        with archive.session() as s:
            at = datetime.now(UTC)
            token, text = make_token(s, name="map", user=user, scopes=scopes or SCOPES, at=at, lasts=lasts)
        return Program(app.test_client(), text, token.id)

    return made
