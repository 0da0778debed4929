"""Where in its recording a call says what was searched for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from recordings.tables import Leg, Recording, Transcript, Turn
from recordings.turn_texts import heard_in
from web.calls.aligning import aligned
from web.calls.excerpt import find_hits


@dataclass(frozen=True, slots=True)
class Moment:
    """A second of a recording."""

    recording_id: str
    second: float
    """Seconds from the leg's first sample."""


def moments_of(s: Session, call_ids: Collection[str], terms: Sequence[str]) -> dict[str, Moment]:
    """The first moment of each call that says one of the terms; calls that say none are left out."""
    newer = aliased(Transcript)
    newest = select(func.max(newer.id)).where(newer.recording_id == Transcript.recording_id).correlate(Transcript)
    wanted = select(Leg.call_id, Recording.id, Turn.id, Turn.text).select_from(Turn)
    wanted = wanted.join(Transcript).join(Recording).join(Leg).where(Leg.call_id.in_(call_ids))
    wanted = wanted.where(Transcript.id == newest.scalar_subquery()).order_by(Recording.requested_at, Turn.start)
    fixed = heard_in(s, call_ids)
    said: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for call, recording, turn, text in s.execute(wanted):
        said.setdefault((call, recording), []).append((turn, fixed.get(turn, text)))
    places: dict[str, tuple[str, int, int]] = {}
    """By call: the recording, the turn, and how many of its characters come before the hit."""
    for (call, recording), turns in said.items():
        hits = find_hits("".join(text for _, text in turns), terms) if call not in places else []
        if hits:
            places[call] = (recording, *_turn_at(turns, hits[0][0]))
    # Words are many and large: only those of the turns that count are read.
    heard = select(Turn.id, Turn.start, Turn.words).where(Turn.id.in_([turn for _, turn, _ in places.values()]))
    by_id = {turn: (start, words) for turn, start, words in s.execute(heard)}
    return {
        call: Moment(rec, _second_at(*by_id[turn], place, fixed.get(turn)))
        for call, (rec, turn, place) in places.items()
    }


def _turn_at(turns: Sequence[tuple[int, str]], place: int) -> tuple[int, int]:
    """The turn in which a character of all turns' text stands, and its place there."""
    for turn, text in turns:
        if place < len(text):
            return turn, place
        place -= len(text)
    return turns[-1][0], 0


def _second_at(start: float, words: Sequence[Mapping[str, Any]], place: int, fixed: str | None) -> float:
    """When the word began in which that character of a turn stands; the turn's begin where no word tells.

    `fixed`: what a person heard in it.
    """
    heard = [word["word"] for word in words]
    for word, text in zip(words, heard if fixed is None else aligned(heard, fixed), strict=True):
        if place < len(text):
            return float(word["start"])
        place -= len(text)
    return start
