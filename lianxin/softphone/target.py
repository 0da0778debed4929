"""Whom the softphone calls when nobody says otherwise: the hotline of this machine's settings, as its trial phone."""

from dataclasses import dataclass

from lianxin.asterisk.layout import Layout
from lianxin.settings import Settings
from lianxin.softphone.errors import PasswordMissing

NUMBER = "95598"
"""The number of the power utilities' hotlines in China."""
TRIAL_USER = "trial"


@dataclass(frozen=True)
class Target:
    """A SIP address, and as whom to call it."""

    to: str
    user: str
    password: str


def local_hotline(settings: Settings) -> str:
    """The SIP address of the hotline that the settings describe."""
    address = settings.asterisk.sip_address
    host = "127.0.0.1" if address in ("", "0.0.0.0") else address
    if settings.asterisk.tls_certificate:
        srtp = ";srtp" if settings.asterisk.srtp else ""
        return f"sip:{NUMBER}@{host}:{settings.asterisk.tls_port};transport=tls{srtp}"
    return f"sip:{NUMBER}@{host}:{settings.asterisk.sip_port}"


def target(settings: Settings, to: str, user: str, password: str) -> Target:
    """What is given, and the local hotline and its trial phone for what is not. Raises PasswordMissing.

    The trial phone's password is for the local hotline alone; another address gets the user and password given.
    """
    if to or user:
        return Target(to or local_hotline(settings), user, password)
    file = Layout(settings.var.expanduser().absolute()).secrets / TRIAL_USER
    try:
        return Target(local_hotline(settings), TRIAL_USER, file.read_text(encoding="utf-8").strip())
    except OSError:
        raise PasswordMissing(file) from None
