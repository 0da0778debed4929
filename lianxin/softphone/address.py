"""SIP addresses, as far as the softphone takes them."""

import ipaddress
import re

from lianxin.softphone.errors import AddressWrong

ADDRESS = re.compile(r"^sip:(?:[^@\s;<>\"]+@)?(?P<host>[^@\s:;<>\"\[\]]+)(?::\d{1,5})?(?:;[^\s<>\"]+)?$")
"""`sip:user@host:port;transport=tcp`, host a name or an IPv4 address."""


def host_of(address: str) -> str:
    """The host of a SIP address. Raises AddressWrong."""
    if (match := ADDRESS.match(address)) is None:
        raise AddressWrong(address)
    return match["host"]


def is_loopback(host: str) -> bool:
    """Whether the host is this machine's loopback."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
