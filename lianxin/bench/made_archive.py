"""An archive of many calls, made quickly: the rows that telephone, worker and people would have written."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache, partial
from random import Random
from typing import Any

from sqlalchemy import Table, insert, text

from lianxin.bench.sentences import category, passages
from recordings.archive import Archive
from recordings.listing import place_of
from recordings.search_words import pairs, signs, sounds
from recordings.tables import Call, Case, Event, Leg, Listed, Message, Recording, Transcript, Triage, Turn

BATCH = 5_000
SPACING = timedelta(seconds=30)
"""From one call to the next: 2880 a day, and so a million in a year."""
FIRST_CASE = 100_001
INDEXING = text("INSERT INTO call_words (rowid, said, sounds, numbers) VALUES (:id, :said, :sounds, :numbers)")
EVENTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("rang", {}), ("answered", {}), ("entered", {"flow": "repair"}), ("ended", {"outcome": "reported"}),
)  # fmt: skip
Rows = dict[type, list[dict[str, Any]]]


def fill(archive: Archive, calls: int, until: datetime, seed: int, done: Callable[[int], object]) -> None:
    """Write that many calls, the last one at `until`; `done` hears of every batch. The archive must be empty."""
    random, first = Random(seed), until - calls * SPACING
    for start in range(0, calls, BATCH):
        rows: Rows = {}
        words: list[dict[str, Any]] = []
        for number in range(start, min(calls, start + BATCH)):
            _call(rows, words, random, number, first + number * SPACING)
        with archive.session() as s:
            for kind, found in rows.items():
                table: Table = kind.__table__  # type: ignore[attr-defined]
                s.execute(insert(table), found)
            s.execute(INDEXING, words)
        done(min(calls, start + BATCH) - start)


def _call(rows: Rows, words: list[dict[str, Any]], random: Random, number: int, at: datetime) -> None:
    call, recording, key = f"{number:032x}", f"r{number:031x}", number + 1
    about = category(random)
    said = passages(random, about)
    whole = "，".join(said)
    caller = f"1{random.randint(3, 9)}{random.randint(0, 10**9 - 1):09}"
    aside, urgent = random.random() < 0.005, about == "repair" and random.random() < 0.08
    district = random.choice(("", "1", "1", "2", "2", "3"))
    machine = about if random.random() < 0.9 else category(random)
    end = at + timedelta(seconds=20 + len(whole) * 0.3)
    put = partial(_put, rows)
    put(
        Call, id=call, channel_id=call, node="main", caller=caller, line="95598", started_at=at, answered_at=at,
        ended_at=end, menu_path=f"main/{about}", outcome="reported",
    )  # fmt: skip
    put(Leg, id=key, call_id=call, side="caller")
    put(
        Recording, id=recording, leg_id=key, state="stored", reason="", requested_at=at, started_at=at, settled_at=end,
        key=f"{recording}.wav", size=16_000, sha256="", duration=len(whole) * 0.3, attempts=0, problem="",
        stage="set-aside" if aside else "understood", stage_at=end,
    )  # fmt: skip
    put(Message, recording_id=recording, flow=about, start=0.5, end=len(whole) * 0.3, ended_by="key")
    put(Case, number=FIRST_CASE + number, call_id=call, flow=about, opened_at=end, district=district, state="open")
    for kind, detail in EVENTS:
        put(Event, call_id=call, at=at, kind=kind, detail=detail)
    if not aside:
        put(Transcript, id=key, recording_id=recording, model="bench", made_at=end, text=whole)
        for turn in _turns(said):
            put(Turn, transcript_id=key, partial=False, **turn)
        put(
            Triage, call_id=call, transcript_id=key, made_at=end, category=machine, second="", confidence=0.9,
            urgency="urgent" if urgent else "normal", evidence=[{"text": said[0], "start": 0, "end": len(said[0])}],
        )  # fmt: skip
    place, numbers = place_of(at), f"{caller}\n{FIRST_CASE + number}"
    put(
        Listed, id=place, call_id=call, category="" if aside else machine, by_person="", urgent=urgent and not aside,
        state="set-aside" if aside else "ready", district=district, said="" if aside else whole, numbers=numbers,
    )  # fmt: skip
    written, heard = ("", "") if aside else _pairs(said)
    words.append({"id": place, "said": written, "sounds": heard, "numbers": pairs(signs(numbers))})


def _put(rows: Rows, table: type, /, **row: Any) -> None:
    rows.setdefault(table, []).append(row)


def _turns(said: list[str]) -> Iterator[dict[str, Any]]:
    clock = 1.0
    for passage in said:
        heard = [
            {"word": passage[i : i + 2], "start": round(clock + i * 0.22, 2), "end": round(clock + i * 0.22 + 0.4, 2),
             "confidence": 0.97}
            for i in range(0, len(passage), 2)
        ]  # fmt: skip
        end = heard[-1]["end"]
        yield {"start": clock, "end": end, "text": passage, "words": heard}
        clock = round(float(str(end)) + 0.8, 2)


def _pairs(said: list[str]) -> tuple[str, str]:
    """The same as `pairs` of the whole, from passages that come again and again."""
    halves = [_half(passage, following[:1]) for passage, following in zip(said, [*said[1:], ""], strict=True)]
    return " ".join(written for written, _ in halves), " ".join(heard for _, heard in halves)


@lru_cache(maxsize=200_000)
def _half(passage: str, following: str) -> tuple[str, str]:
    """The pairs that begin in a passage, the last of them with the sign that follows it."""
    whole = passage + following
    cut = len(signs(passage))
    return " ".join(pairs(signs(whole)).split(" ")[:cut]), " ".join(pairs(sounds(whole)).split(" ")[:cut])
