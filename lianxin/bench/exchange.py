"""Many callers over two sockets: one for SIP, one for speech. Light enough to load an Asterisk on the same machine."""

import asyncio
import socket
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from lianxin.bench.caller import PACKET, Caller
from lianxin.bench.ear import Ear
from lianxin.bench.sip import Reply

BUFFER = 8 * 2**20
"""Bytes of the sockets' buffers: a slow moment of ours must not look like loss."""


class Exchange:
    """The callers of one run. Every 20 ms each of them says its next packet.

    Asterisk sends each call's speech from a port of its own, by which it is told apart; SIP by its Call-ID.
    """

    def __init__(self, ear: Ear, sip_port: int, *, user: str = "", password: str = "") -> None:
        """`sip_port`: where Asterisk takes calls on loopback; a user and password only where it asks for them."""
        self.ear = ear
        self.user, self.password = user, password
        self.lateness: list[float] = []
        """Seconds by which each round of packets was late: the load's own trouble, not the hotline's."""
        self._asterisk = ("127.0.0.1", sip_port)
        self._calls: dict[str, Caller] = {}
        self._by_port: dict[int, Caller] = {}
        self._sip, self._rtp = _socket(), _socket()
        self._ticking: asyncio.Task[None] | None = None

    @property
    def sip_address(self) -> str:
        """Our own, as host and port."""
        return f"127.0.0.1:{self._sip.getsockname()[1]}"

    @property
    def rtp_port(self) -> int:
        """Where all callers listen."""
        return int(self._rtp.getsockname()[1])

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        loop.add_reader(self._sip, self._read_sip)
        loop.add_reader(self._rtp, self._read_rtp)
        self._ticking = asyncio.create_task(self._tick())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ticking:
            self._ticking.cancel()
        for end in (self._sip, self._rtp):
            asyncio.get_running_loop().remove_reader(end)
            end.close()

    def caller(self, number: str) -> Caller:
        """A caller who is going to dial that number."""
        made = Caller(self, f"sip:{number}@{self._asterisk[0]}:{self._asterisk[1]}")
        self._calls[made.sip.call_id] = made
        return made

    def send_sip(self, message: bytes) -> None:
        """Send a message; one that finds no room is lost, as datagrams are, and sent again by whoever waits."""
        with suppress(BlockingIOError):
            self._sip.sendto(message, self._asterisk)

    def send_rtp(self, packet: bytes, port: int) -> None:
        """Send a packet of speech or keys to one of Asterisk's ports."""
        with suppress(BlockingIOError):
            self._rtp.sendto(packet, (self._asterisk[0], port))

    def connect(self, caller: Caller, port: int) -> None:
        """From now on what comes from that port is this caller's."""
        self._by_port[port] = caller

    def forget(self, caller: Caller) -> None:
        """The call is over: nothing is sent for it any more."""
        self._by_port.pop(caller.rtp_to, None)

    def _read_sip(self) -> None:
        with suppress(BlockingIOError):
            while True:
                message = Reply.read(self._sip.recv(65535))
                if message is not None and (caller := self._calls.get(message.call_id)):
                    caller.take(message)

    def _read_rtp(self) -> None:
        with suppress(BlockingIOError):
            while True:
                packet, (_, port) = self._rtp.recvfrom(2048)
                if caller := self._by_port.get(port):
                    caller.hear(packet)

    async def _tick(self) -> None:
        due = time.monotonic()
        while True:
            now = time.monotonic()
            self.lateness.append(now - due)
            for port, caller in list(self._by_port.items()):
                if packet := caller.next_packet():
                    self.send_rtp(packet, port)
            due += PACKET
            await asyncio.sleep(max(0.0, due - time.monotonic()))


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        made.setsockopt(socket.SOL_SOCKET, option, BUFFER)
    made.bind(("127.0.0.1", 0))
    made.setblocking(False)
    return made
