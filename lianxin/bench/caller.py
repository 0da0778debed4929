"""One caller of a benchmark: dials, listens for prompts, presses keys, speaks, hangs up."""

import asyncio
import struct
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol
from uuid import uuid4

from lianxin.bench.ear import Ear, Heard
from lianxin.bench.sip import Dialogue, Reply, ok

PACKET = 0.02
"""Seconds of speech in a packet."""
KEYS = "0123456789*#"
KEY_PACKETS = 5
"""Packets of a key, 20 ms each: a short press, above the 80 ms that Asterisk takes for the shortest."""
PRESS = KEY_PACKETS * PACKET
"""Seconds for which a key is down."""
SILENCE = bytes([0xD5]) * 160
"""20 ms of silence in A-law."""
AGAIN = (0.5, 1.0, 2.0, 4.0)
"""Seconds after which an unanswered request is sent again (RFC 3261, timer A)."""


class CallFailed(Exception):
    """The call did not go as a caller may expect; says what was awaited."""


class Wire(Protocol):
    """What a caller needs of its exchange."""

    ear: Ear
    user: str
    password: str

    @property
    def sip_address(self) -> str:
        """Our host and port."""

    @property
    def rtp_port(self) -> int:
        """Where callers listen."""

    def send_sip(self, message: bytes) -> None:
        """Send a message to Asterisk."""

    def connect(self, caller: "Caller", port: int) -> None:
        """Speech from that port is this caller's."""

    def forget(self, caller: "Caller") -> None:
        """The call is over."""


class Caller:
    """A call. All moments are seconds of the monotonic clock."""

    def __init__(self, wire: Wire, target: str) -> None:
        self.sip = Dialogue(target, wire.sip_address, uuid4().hex[:16], wire.rtp_port)
        self.sip.caller = wire.user or self.sip.caller  # Asterisk knows a user by the number that calls
        self.answered_at = 0.0
        self.over = False
        self.rtp_to = 0
        """Port of Asterisk's to which this call's speech goes."""
        self.heard: dict[str, float] = {}
        """When the last frame of each prompt came."""
        self.began: dict[str, float] = {}
        """When each prompt's last playing began, reckoned from the first frame of it that could be told."""
        self.speech: bytes = SILENCE
        """What is said, over and over, in packets of 160 bytes of A-law; empty: no packet at all is sent."""
        self.packets = 0
        self._wire = wire
        self._changed = asyncio.Event()
        self.playing: str | None = None
        """The prompt of the last frame that could be told."""
        self._keys: deque[bytes] = deque()
        self._status = 0
        self._trying = False
        self._challenge = ""
        self._sent = -1
        self._key_stamp = 0
        self._key_down = 0.0

    async def dial(self, limit: float = 10.0) -> None:
        """Call, and wait until somebody answers. Raises CallFailed."""
        await self._ask(self.sip.invite(), limit)
        if self._status == 401 and self._wire.password:
            challenge, self._status = self._challenge, 0
            await self._ask(
                self.sip.invite(self.sip.credentials(challenge, self._wire.user, self._wire.password)), limit
            )
        if self._status != 200:
            raise CallFailed(f"answered with {self._status}" if self._status else f"no answer within {limit:g} s")

    async def _ask(self, invite: bytes, limit: float) -> None:
        over = time.monotonic() + limit
        self._trying = False
        for wait in (*AGAIN, limit):
            self._wire.send_sip(invite)
            answered = lambda: self._status >= 200 or self._trying  # noqa: E731
            if await self._until(answered, min(wait, max(0.0, over - time.monotonic()))):
                break
        await self._until(lambda: self._status >= 200, max(0.0, over - time.monotonic()))

    def take(self, message: Reply) -> None:
        """Take a SIP message of this call."""
        if message.status == 0:
            if message.method == "BYE":
                self._end()
            if message.method != "ACK":
                self._wire.send_sip(ok(message.text))
        elif message.method == "INVITE" and message.sequence == self.sip.sequence:
            self._trying = True
            if message.status >= 200:
                self._answered(message)
        self._changed.set()

    def _answered(self, message: Reply) -> None:
        if message.status == 200:
            if not self.answered_at:
                self.answered_at = time.monotonic()
                self.sip.to, self.sip.target = message.to, message.contact or self.sip.target
                self.rtp_to = message.rtp_port
                self._wire.connect(self, message.rtp_port)
            self._wire.send_sip(self.sip.request("ACK"))
        else:
            to, self.sip.to = self.sip.to, message.to
            self._wire.send_sip(self.sip.request("ACK").replace(b"ACK\r\nMax", b"INVITE\r\nMax"))
            self.sip.to = to
            self._challenge = message.challenge
        self._status = message.status

    def hear(self, packet: bytes) -> None:
        """Take a packet of speech."""
        self.packets += 1
        heard: Heard | None = self._wire.ear.hear(packet[12:]) if packet[1] & 0x7F == 8 else None
        if heard is None:
            return
        now = time.monotonic()
        self.heard[heard.prompt] = now
        if heard.prompt != self.playing:
            self.playing = heard.prompt
            self.began[heard.prompt] = now - heard.frame * PACKET
            self._changed.set()

    def next_packet(self) -> bytes | None:
        """What is to be sent now: of a key that is down, else of the speech."""
        number = self._sent = self._sent + 1
        if self._keys:
            payload, kind, stamp = self._keys.popleft(), 101, self._key_stamp
            if not self._keys:
                self._changed.set()
            self._key_down = self._key_down or time.monotonic()
        elif self.speech:
            place = number * 160 % len(self.speech)
            payload, kind, stamp = self.speech[place : place + 160], 8, number * 160
        else:
            return None
        head = struct.pack(">BBHII", 0x80, kind, number & 0xFFFF, stamp & 0xFFFFFFFF, self.rtp_to)
        return head + payload

    async def press(self, key: str) -> float:
        """Press a key for 100 ms (RFC 4733); gives the moment at which it went down. Raises CallFailed."""
        self._key_stamp = (self._sent + 1) * 160
        code, self._key_down = KEYS.index(key), 0.0
        for number in range(1, KEY_PACKETS + 1):
            self._keys.append(struct.pack(">BBH", code, 10, number * 160))
        for _ in range(3):
            self._keys.append(struct.pack(">BBH", code, 0x80 | 10, KEY_PACKETS * 160))
        if not await self._until(lambda: not self._keys, 2.0):
            raise CallFailed(f"hung up before {key} was pressed" if self.over else f"{key} was not sent in time")
        return self._key_down

    async def hears(self, prompt: str, limit: float) -> float:
        """Wait until a prompt is heard that was not heard before; gives the moment it began. Raises CallFailed."""
        if not await self._until(lambda: self.playing == prompt, limit):
            why = "hung up" if self.over else f"not within {limit:g} s, last {self.playing or 'nothing'}"
            raise CallFailed(f"{prompt} not heard: {why}")
        return self.began[prompt]

    async def stays(self, seconds: float) -> None:
        """Do nothing for so long. Raises CallFailed when the other side hangs up meanwhile."""
        if await self._until(lambda: self.over, seconds):
            raise CallFailed("hung up on us")

    async def hang_up(self) -> None:
        """End the call, if it is not over."""
        if self.answered_at and not self.over:
            self._end()
            self._wire.send_sip(self.sip.request("BYE"))

    def _end(self) -> None:
        self.over = True
        self._wire.forget(self)
        self._changed.set()

    async def _until(self, condition: Callable[[], bool], limit: float) -> bool:
        """Wait for a condition for at most so long; whether it holds. A call that ended ends the wait."""
        over = time.monotonic() + limit
        while not condition() and not self.over and (left := over - time.monotonic()) > 0:
            self._changed.clear()
            try:
                async with asyncio.timeout(left):
                    await self._changed.wait()
            except TimeoutError:
                break
        return condition()
