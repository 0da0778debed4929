"""A stream of events as browsers read it: https://html.spec.whatwg.org/multipage/server-sent-events.html."""

import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore

from sqlalchemy import select

from recordings.announcing import name_of, told
from recordings.archive import Archive
from recordings.errors import ArchiveError
from recordings.tables import Event
from web.live.bell import EVERY, Bell

LONGEST = 60.0
"""Seconds after which a stream ends: the browser asks again by itself, and whoever may not any more gets none."""
SIGN_OF_LIFE = 10.0
"""Seconds of silence after which we say that we are still there; so it is noticed when the other side is not."""
RETRY = 2_000
"""Milliseconds after which a browser asks again."""
RETRY_WHEN_FULL = 10_000
AT_ONCE = 200
"""Events of one look."""


def stream(archive: Archive, bell: Bell, seats: BoundedSemaphore, after: int | None) -> Iterator[str]:
    """What happens after the event `after`, or from now on; only about calls that the archive shows.

    Each stream keeps one of the server's threads, so there are `seats`. Who finds none gets what there is, and asks
    again later.
    """
    seated = seats.acquire(blocking=False)
    try:
        place = bell.newest() if after is None else after
        yield f"retry: {RETRY if seated else RETRY_WHEN_FULL}\nid: {place}\n\n"
        until, spoken = time.monotonic() + (LONGEST if seated else 0), time.monotonic()
        while True:
            if (newest := bell.newest()) > place:
                found = _since(archive, place)
                for event in found:
                    place = event.id
                    if name := name_of(event):
                        yield f"id: {place}\nevent: {name}\ndata: {_data(event)}\n\n"
                        spoken = time.monotonic()
                if len(found) == AT_ONCE:
                    continue
                place = max(place, newest)
            now = time.monotonic()
            if now >= until:
                return
            if now - spoken >= SIGN_OF_LIFE:
                yield ": still here\n\n"
                spoken = now
            time.sleep(min(EVERY, until - now))
    except ArchiveError:
        return  # The browser asks again by itself, and the archive may be back by then.
    finally:
        if seated:
            seats.release()


def _since(archive: Archive, place: int) -> list[Event]:
    with archive.reading() as s:
        return list(s.scalars(select(Event).where(Event.id > place).order_by(Event.id).limit(AT_ONCE)))


def _data(event: Event) -> str:
    return json.dumps({"at": event.at.isoformat(timespec="milliseconds"), **told(event)}, ensure_ascii=False)
