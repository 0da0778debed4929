"""SIP addresses, as far as the softphone takes them."""

import ipaddress
import re

from lianxin.softphone.errors import AddressWrong

ADDRESS = re.compile(r"^sip:(?:[^@\s;<>\"]+@)?(?P<host>[^@\s:;<>\"\[\]]+)(?::\d{1,5})?(?:;[^\s<>\"]+)?$")
"""`sip:user@host:port;transport=tcp`, host a name or an IPv4 address; `;transport=tls;srtp` encrypts speech too."""


def host_of(address: str) -> str:
    """The host of a SIP address. Raises AddressWrong."""
    if (match := ADDRESS.match(address)) is None:
        raise AddressWrong(address)
    return match["host"]


def wants_srtp(address: str) -> bool:
    """Whether speech is to be encrypted: the address says `;transport=tls;srtp`. The latter is ours alone."""
    return "srtp" in address.split(";")[1:]


def on_the_wire(address: str) -> str:
    """The address without what only the softphone understands."""
    return ";".join(part for part in address.split(";") if part != "srtp")


def is_loopback(host: str) -> bool:
    """Whether the host is this machine's loopback."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
