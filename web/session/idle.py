"""A console that nobody touches is left: after some time without a request the session is over."""

from datetime import datetime, timedelta

from flask import session

SEEN = "seen"
"""Where the cookie keeps the last request, in seconds since 1970."""
AS_OF = timedelta(minutes=1)
"""How old that may become before the cookie is sent anew."""


def idle_too_long(at: datetime, limit: timedelta, *, used: bool = True) -> bool:
    """Whether the session was not used for longer than the limit; notes that it is used now, if it is."""
    seen = session.get(SEEN)
    now = int(at.timestamp())
    if isinstance(seen, int) and now - seen > limit.total_seconds():
        return True
    if used and (not isinstance(seen, int) or now - seen >= AS_OF.total_seconds()):
        session[SEEN] = now
    return False
