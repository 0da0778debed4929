"""The ports that Asterisk listens on: given by the settings, or free ones for a trial."""

import errno
import ipaddress
import random
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from lianxin.asterisk.errors import PortInUse, SettingUnfit
from lianxin.settings import AsteriskSettings

LOOPBACK = "127.0.0.1"
TRIAL_RANGE = range(20000, 32000)
"""Ports for trials lie below 32768, where Linux begins to hand out ports by itself (ip_local_port_range)."""
TRIAL_RTP = 40
"""UDP ports for the speech of one trial: two a call, for RTP and RTCP."""


@dataclass(frozen=True)
class Ports:
    """What one Asterisk listens on. HTTP is always on loopback alone."""

    sip: int
    http: int
    rtp_start: int
    rtp_end: int
    sip_address: str = LOOPBACK
    tls: int = 0
    """Port of SIP over TLS; 0: there is none."""

    @classmethod
    def of_settings(cls, settings: AsteriskSettings) -> "Ports":
        """The ports that the settings give. Raises SettingUnfit."""
        if settings.rtp_end <= settings.rtp_start:
            raise SettingUnfit(
                f"asterisk.rtp_end ({settings.rtp_end}) must be greater than rtp_start ({settings.rtp_start})"
            )
        try:
            ipaddress.ip_address(settings.sip_address)
        except ValueError as error:
            raise SettingUnfit(
                f"asterisk.sip_address is {settings.sip_address!r}, which is no IP address; 0.0.0.0 means all"
            ) from error
        tls = settings.tls_port if settings.tls_certificate else 0
        return cls(
            settings.sip_port, settings.http_port, settings.rtp_start, settings.rtp_end, settings.sip_address, tls
        )

    @classmethod
    def free(cls, seed: int | None = None, rtp_ports: int = TRIAL_RTP) -> "Ports":
        """Ports on loopback that nobody uses just now, for a test or a demonstration."""
        numbers = random.Random(seed)
        while True:
            sip, http, rtp = (numbers.randrange(TRIAL_RANGE.start, TRIAL_RANGE.stop, 2) for _ in range(3))
            ports = cls(sip, http, rtp, rtp + rtp_ports - 1)
            taken = [port for port in range(rtp, rtp + rtp_ports) if _trouble(socket.SOCK_DGRAM, LOOPBACK, port)]
            if len({sip, http}) == 2 and not taken and not ports.in_use():
                return ports

    @property
    def sip_bind(self) -> str:
        """Address and port of SIP as Asterisk writes them; an IPv6 address is put in brackets."""
        return f"[{self.sip_address}]:{self.sip}" if ":" in self.sip_address else f"{self.sip_address}:{self.sip}"

    @property
    def tls_bind(self) -> str:
        """Address and port of SIP over TLS as Asterisk writes them."""
        return self.sip_bind.removesuffix(str(self.sip)) + str(self.tls)

    def in_use(self) -> list[str]:
        """Each port that can not be listened on, as a sentence that names its setting; empty when all are free."""
        return [sentence for sentence in self._troubles() if sentence]

    def listening(self) -> bool:
        """Whether someone, Asterisk we hope, listens on every one of them."""
        return all(self._troubles())

    def check(self) -> None:
        """Raise PortInUse unless every port can be listened on."""
        if troubles := self.in_use():
            raise PortInUse(troubles[0])

    def _troubles(self) -> Iterator[str]:
        wanted = [
            ("SIP on UDP", socket.SOCK_DGRAM, self.sip_address, self.sip, "sip_port"),
            ("SIP on TCP", socket.SOCK_STREAM, self.sip_address, self.sip, "sip_port"),
            ("HTTP", socket.SOCK_STREAM, LOOPBACK, self.http, "http_port"),
        ]
        if self.tls:
            wanted.append(("SIP over TLS", socket.SOCK_STREAM, self.sip_address, self.tls, "tls_port"))
        for use, kind, address, port, setting in wanted:
            trouble = _trouble(kind, address, port)
            upper = f"LIANXIN_ASTERISK__{setting.upper()}"
            if trouble == errno.EADDRNOTAVAIL:
                yield f"{address} is not an address of this machine; set asterisk.sip_address"
            elif trouble == errno.EACCES:
                yield f"Port {port} ({use}) is for root alone; set asterisk.{setting} ({upper}) above 1023"
            elif trouble:
                yield f"Port {port} ({use}) is in use; stop its user or set asterisk.{setting} ({upper})"
            else:
                yield ""


def _trouble(kind: int, address: str, port: int) -> int:
    """The error number of trying to listen there; 0 when it works."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, kind) as trial:
        if kind == socket.SOCK_STREAM:  # as servers do, or a connection that lingers looks like a listener
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
            if kind == socket.SOCK_STREAM:
                trial.listen(1)
        except OSError as error:
            return error.errno or errno.EIO
    return 0
