"""A real Asterisk, short prompts, and a telephone made of sockets that can also misbehave."""

import hashlib
import math
import re
import socket
import struct
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lianxin.asterisk.configuration import FALLBACK_PROMPTS, MUSIC
from lianxin.asterisk.installing import install_asterisk
from lianxin.asterisk.ports import Ports
from lianxin.asterisk.program import AsteriskProgram
from lianxin.asterisk.running import AsteriskServer
from lianxin.settings import Settings

FRAME = 160
"""Samples in a packet of 20 ms."""


@pytest.fixture(scope="session")
def program() -> AsteriskProgram:
    return install_asterisk(Settings(), lambda stage, done, total: None)


@pytest.fixture(scope="session")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prompts of 0.2 s, so that nobody waits for a polite sentence."""
    folder = tmp_path_factory.mktemp("prompts")
    tone = b"".join(struct.pack("<h", int(9000 * math.sin(n * 0.35))) for n in range(1600))
    for name in (*FALLBACK_PROMPTS, MUSIC):
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(tone)
    return folder


@pytest.fixture
def server(program: AsteriskProgram, prompts: Path, tmp_path: Path) -> Iterator[AsteriskServer]:
    """A server of one's own, not started; ended whatever happens."""
    server = AsteriskServer(program, tmp_path / "var", Ports.free(), prompts)
    yield server
    server.kill()


def until(condition: Callable[[], object], limit: float = 10.0) -> None:
    """Wait for the condition, at most `limit` seconds."""
    deadline = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < deadline, f"not within {limit:g} s"
        time.sleep(0.02)


@pytest.fixture(name="until")
def until_fixture() -> Callable[..., None]:
    return until


class Telephone:
    """One SIP call over UDP on loopback, written out by hand so that it can say what no proper phone would."""

    def __init__(self, port: int) -> None:
        self._sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for end in (self._sip, self._rtp):
            end.bind(("127.0.0.1", 0))
        self._sip.connect(("127.0.0.1", port))
        self._sip.settimeout(5)
        self._port = port
        self._tag = hashlib.sha256(str(self._sip.getsockname()).encode()).hexdigest()[:16]
        self._from = f"<sip:caller@127.0.0.1>;tag={self._tag}"
        self._sequence = 0
        self._packets = 0
        self._to = ""
        self._target = ""

    def __enter__(self) -> "Telephone":
        return self

    def __exit__(self, *exception: object) -> None:
        self._sip.close()
        self._rtp.close()

    def dial(self, number: str, user: str = "trial", password: str = "", caller: str = "") -> int:
        """Call; answers a challenge if there is a password. Returns the final status, 200 when someone answered."""
        self._target = f"sip:{number}@127.0.0.1:{self._port}"
        self._from = f"<sip:{caller or user}@127.0.0.1>;tag={self._tag}"
        self._to = f"<{self._target}>"
        status, reply = self._invite("")
        if status == 401 and password:
            nonce, realm = (re.search(rf'{name}="([^"]*)"', reply)[1] for name in ("nonce", "realm"))  # type: ignore[index]
            status, reply = self._invite(self._credentials(user, password, nonce, realm))
        if status == 200:
            self._to = re.search(r"^To: (.*)$", reply, re.MULTILINE)[1].strip()  # type: ignore[index]
            self._target = re.search(r"^Contact: <([^>]*)>", reply, re.MULTILINE)[1]  # type: ignore[index]
            self._send("ACK", sequence=self._sequence)
            port = re.search(r"^m=audio (\d+)", reply, re.MULTILINE)[1]  # type: ignore[index]
            self._rtp.connect(("127.0.0.1", int(port)))
        return status

    def request(self, method: str, *headers: str, limit: float = 5.0) -> int:
        """Any other request, within the call if there is one; returns the final status, 0 when there is no answer."""
        self._target = self._target or f"sip:127.0.0.1:{self._port}"
        self._to = self._to or f"<{self._target}>"
        self._sequence += 1
        self._send(method, headers=headers, sequence=self._sequence)
        try:
            return self._answer(method, limit)[0]
        except TimeoutError:
            return 0

    def speak(self, seconds: float, amplitude: int = 9000) -> None:
        """Send a tone, in real time, as A-law; amplitude 0 is silence."""
        for _ in range(round(seconds * 50)):
            level = 0xD5 if not amplitude else 0xD5 ^ 0x50 ^ (self._packets % 2)
            self._packet(8, bytes([level, level ^ 0x80] * (FRAME // 2)) if amplitude else bytes([level] * FRAME))
            time.sleep(0.02)

    def press_hash(self) -> None:
        """The pound key, as RFC 4733 has it: event 11, its end sent three times."""
        stamp = self._packets * FRAME
        for duration, end in ((160, 0), (320, 0), (480, 0x80), (480, 0x80), (480, 0x80)):
            self._packet(101, struct.pack(">BBH", 11, end | 10, duration), stamp)
            time.sleep(0.02)

    def was_hung_up(self, limit: float = 10.0) -> bool:
        """Whether the other side hangs up within the limit."""
        self._sip.settimeout(limit)
        try:
            while not self._sip.recv(65535).startswith(b"BYE "):
                pass
        except TimeoutError:
            return False
        return True

    def _packet(self, kind: int, payload: bytes, stamp: int | None = None) -> None:
        stamp = self._packets * FRAME if stamp is None else stamp
        self._rtp.send(struct.pack(">BBHII", 0x80, kind, self._packets & 0xFFFF, stamp, 0x11223344) + payload)
        self._packets += 1

    def _invite(self, authorisation: str) -> tuple[int, str]:
        self._sequence += 1
        body = (
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {self._rtp.getsockname()[1]} RTP/AVP 8 101\r\n"
            "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\n"
        )
        headers = ("Content-Type: application/sdp", *([authorisation] if authorisation else []))
        self._send("INVITE", headers=headers, sequence=self._sequence, body=body)
        status, reply = self._answer("INVITE")
        if status >= 300:
            self._send("ACK", sequence=self._sequence, branch_of_invite=True)
        return status, reply

    def _credentials(self, user: str, password: str, nonce: str, realm: str) -> str:
        def digest(*parts: str) -> str:
            return hashlib.md5(":".join(parts).encode()).hexdigest()

        secret, what = digest(user, realm, password), digest("INVITE", self._target)
        answer = digest(secret, nonce, "00000001", "aa", "auth", what)
        return (
            f'Authorization: Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{self._target}", '
            f'response="{answer}", algorithm=MD5, qop=auth, nc=00000001, cnonce="aa"'
        )

    def _send(
        self,
        method: str,
        *,
        sequence: int,
        headers: tuple[str, ...] = (),
        body: str = "",
        branch_of_invite: bool = False,
    ) -> None:
        own = f"127.0.0.1:{self._sip.getsockname()[1]}"
        branch = f"z9hG4bK{self._tag}{sequence}{'' if branch_of_invite or method != 'ACK' else 'ack'}"
        lines = [
            f"{method} {self._target} SIP/2.0",
            f"Via: SIP/2.0/UDP {own};rport;branch={branch}",
            "Max-Forwards: 70",
            f"From: {self._from}",
            f"To: {self._to}",
            f"Call-ID: {self._tag}",
            f"CSeq: {sequence} {method}",
            f"Contact: <sip:caller@{own}>",
            *headers,
            f"Content-Length: {len(body)}",
        ]
        self._sip.send(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def _answer(self, method: str, limit: float = 5.0) -> tuple[int, str]:
        """The final answer to our last request; raises TimeoutError."""
        self._sip.settimeout(limit)
        while True:
            reply = self._sip.recv(65535).decode()
            found = re.match(r"SIP/2\.0 (\d+)", reply)
            if found and int(found[1]) >= 200 and re.search(rf"^CSeq: {self._sequence} {method}", reply, re.MULTILINE):
                return int(found[1]), reply


@pytest.fixture
def telephone() -> Iterator[Callable[[AsteriskServer], Telephone]]:
    """Makes telephones that call a server."""
    made: list[Telephone] = []

    def make(server: AsteriskServer) -> Telephone:
        made.append(Telephone(server.ports.sip))
        return made[-1]

    yield make
    for one in made:
        one.__exit__()
