"""Eight people at the console: a page, a look at it, the next page."""

import re
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from random import Random

import httpx
from sqlalchemy import func, select

from lianxin.bench.console_server import TOOK, WORKED
from lianxin.bench.sentences import FILTERED, SEARCHED
from recordings.archive import Archive
from recordings.search_words import pairs, signs, typed_sounds
from recordings.tables import Listed

LOOK = 0.5
"""Seconds for which a reader looks at a page; nobody reads faster, and pages must not only queue."""


class Kind(StrEnum):
    """What is asked for."""

    LIST = "list"
    """The list of calls with two filters."""
    SEARCH = "search"
    """A search for words among all calls."""
    CALL = "call"
    """The page of one call."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page."""

    kind: Kind
    client_ms: float
    """From asking to having it whole."""
    server_ms: float
    """What the console itself took to make it; 0 where that is not said."""
    worked_ms: float
    """Of that, the time on the processor."""


def read(address: str, password: str, archive: Archive, readers: int, seconds: float) -> list[Seen]:
    """Let readers read for a while; without a password they search at datasette, and nothing else.

    Raises RuntimeError when a page is not there.
    """
    with archive.reading() as s:
        first, last = s.execute(select(func.min(Listed.id), func.max(Listed.id))).one()
    seen: list[Seen] = []
    trouble: list[str] = []
    until = time.monotonic() + seconds

    cookies = _signed_in(address, password) if password else None

    def one(number: int) -> None:
        random = Random(number)
        with httpx.Client(base_url=address, trust_env=False, timeout=60, cookies=cookies) as client:
            time.sleep(random.random() * LOOK)
            while time.monotonic() < until and not trouble:
                kind = random.choice(list(Kind)) if password else Kind.SEARCH
                page = _page(kind, random, archive, first, last) if password else _datasette(random)
                began = time.perf_counter()
                answer = client.get(page[0], params=page[1])
                took = (time.perf_counter() - began) * 1000
                if answer.status_code != 200:
                    trouble.append(f"{answer.status_code} for {answer.url}: {answer.text[:200]}")
                seen.append(Seen(kind, took, *(float(answer.headers.get(each, 0)) for each in (TOOK, WORKED))))
                time.sleep(LOOK * (0.5 + random.random()))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if trouble:
        raise RuntimeError(trouble[0])
    return seen


def _signed_in(address: str, password: str) -> httpx.Cookies:
    """One session for all: a name that signs in eight times at once is taken for a guesser."""
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        form = {"name": "reader", "password": password, "csrf_token": token[1] if token else ""}
        if client.post("/sign-in", data=form).status_code != 303:
            raise RuntimeError("the reader of the bench cannot sign in")
        return client.cookies


def _page(kind: Kind, random: Random, archive: Archive, first: int, last: int) -> tuple[str, dict[str, str]]:
    if kind is Kind.SEARCH:
        filters = {"q": random.choice(SEARCHED)}
        return "/calls", filters | ({"category": random.choice(FILTERED)} if random.random() < 0.3 else {})
    if kind is Kind.LIST:
        other = random.choice([{"state": "ready"}, {"state": "set-aside"}, {"urgent": "1"}])
        return "/calls", {"category": random.choice(FILTERED)} | other
    with archive.reading() as s:
        place = random.randint(first, last)
        call = s.scalar(select(Listed.call_id).where(Listed.id >= place).order_by(Listed.id).limit(1))
    return f"/calls/{call}", {}


def _datasette(random: Random) -> tuple[str, dict[str, str]]:
    """The same search of the same index: its words as the index holds them, the newest 50."""
    words = random.choice(SEARCHED).split()
    held = [pairs(typed_sounds(word) or signs(word)).rpartition(" ")[0] for word in words]
    wanted = {"_search": " ".join(f'"{each}"' for each in held), "_searchmode": "raw"}
    return "/lianxin/call_words.json", wanted | {"_sort_desc": "rowid", "_size": "50"}
