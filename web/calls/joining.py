"""What was said in all recordings of a call, in the order in which it was said."""

from collections.abc import Sequence
from dataclasses import replace

from web.calls.reading import SpokenTurn, stretches
from web.calls.sheet import Heard, Talk
from web.calls.talk import Part, length_of


def joined(parts: Sequence[Part], heard: Sequence[Heard]) -> Talk | None:
    """The recordings on the call's clock; None for a call of which nothing can be heard."""
    if not parts:
        return None
    begins = {part.id: part.begins for part in parts}
    audible = [each for each in heard if each.id in begins]
    turns = [_later(turn, begins[each.id]) for each in audible for turn in each.turns]
    messages = [
        replace(asked, start=asked.start + begins[each.id], end=asked.end + begins[each.id])
        for each in audible
        for asked in each.messages
    ]
    turns.sort(key=lambda turn: turn.start)
    return Talk(tuple(parts), length_of(parts), stretches(turns, messages))


def _later(turn: SpokenTurn, by: float) -> SpokenTurn:
    words = tuple(replace(word, start=word.start + by, end=word.end + by) for word in turn.words)
    pieces = tuple(replace(piece, start=piece.start + by, end=piece.end + by) for piece in turn.pieces)
    return replace(turn, start=turn.start + by, end=turn.end + by, words=words, pieces=pieces)
