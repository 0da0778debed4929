"""What a running Asterisk says of itself."""

from dataclasses import dataclass
from datetime import datetime

import httpx

from lianxin.asterisk.errors import AsteriskNotUp
from lianxin.asterisk.layout import Layout
from lianxin.asterisk.ports import LOOPBACK
from lianxin.asterisk.process import Note
from lianxin.asterisk.running import ARI_USER
from lianxin.asterisk.secrets import kept_secret


@dataclass(frozen=True)
class Status:
    """One look at a running Asterisk."""

    version: str
    up_since: datetime
    """With its offset from UTC."""
    channels: int
    """Legs that are up just now, snoops included."""


def look_at(layout: Layout, note: Note) -> Status:
    """Ask the running server. Raises AsteriskNotUp when its process is there but ARI does not answer."""
    address = f"http://{LOOPBACK}:{note.ports.http}/ari"
    password = kept_secret(layout.secrets, "ari")
    try:
        with httpx.Client(auth=(ARI_USER, password), trust_env=False, timeout=5.0) as client:
            information = client.get(f"{address}/asterisk/info").raise_for_status().json()
            channels = client.get(f"{address}/channels").raise_for_status().json()
    except httpx.HTTPError as error:
        raise AsteriskNotUp(
            f"Asterisk (process {note.pid}) does not answer on {address} ({error}); see {layout.log}, "
            "then `lianxin asterisk stop` and start it again"
        ) from error
    since = datetime.fromisoformat(information["status"]["startup_time"])
    return Status(information["system"]["version"], since, len(channels))
