"""Signing what we say to others, as Standard Webhooks has it (https://www.standardwebhooks.com): HMAC-SHA256 over
number, time and body, so that the receiver knows who speaks, and that nobody says it again later."""

import base64
import hmac
from datetime import datetime

from recordings.hooks import SECRET


def signed(secret: str, number: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that prove a body is ours. `number` is the same at every try, for the receiver to see it twice."""
    moment = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(SECRET))
    mark = hmac.digest(key, f"{number}.{moment}.".encode() + body, "sha256")
    return {
        "webhook-id": number,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }
