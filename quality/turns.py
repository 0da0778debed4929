"""What was said, turn by turn, as rules and measures read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from quality.errors import TurnsInvalid

Channel = Literal["agent", "caller"]
"""Whose leg."""
CHANNELS: tuple[str, ...] = get_args(Channel)

LONGEST_TEXT = 20_000
"""Characters of a turn; an hour of speech has fewer."""
LONGEST_CALL = 86_400.0
"""Seconds; no call lasts longer than a day."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """One word and when it began."""

    text: str
    start: float
    """Seconds from the call's first sample."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side said between two pauses."""

    channel: Channel
    start: float
    """Seconds from the call's first sample."""
    end: float
    """Seconds from the call's first sample; never before the start."""
    text: str
    words: tuple[TimedWord, ...] = ()
    """The words with their times, where a recogniser gave them; joined, they are the text."""


def read_turns(value: object) -> tuple[Turn, ...]:
    """Turns from parsed JSON: a list of {"channel", "start", "end", "text"}, in any order. Raises TurnsInvalid."""
    if not isinstance(value, list):
        raise TurnsInvalid('turns are a list; write [{"channel": "agent", "start": 0, "end": 2.5, "text": "您好"}, …]')
    return in_order([_read(turn, number) for number, turn in enumerate(value, start=1)])


def in_order(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """By the second at which they begin."""
    return tuple(sorted(turns, key=lambda turn: (turn.start, turn.end)))


def _read(turn: object, number: int) -> Turn:
    if not isinstance(turn, dict):
        raise TurnsInvalid(f'turn {number} is no object; write {{"channel", "start", "end", "text"}}')
    if missing := [name for name in ("channel", "start", "end", "text") if name not in turn]:
        raise TurnsInvalid(f'turn {number} has no "{missing[0]}"; add it')
    channel, text = turn["channel"], turn["text"]
    if channel not in CHANNELS:
        raise TurnsInvalid(f'turn {number}: channel {str(channel)[:40]!r} is neither "agent" nor "caller"')
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise TurnsInvalid(f'turn {number}: "text" must be a string of at most {LONGEST_TEXT} characters')
    start, end = _second(turn["start"], number, "start"), _second(turn["end"], number, "end")
    if end < start:
        raise TurnsInvalid(f"turn {number} ends at {end:g} s, before it begins at {start:g} s; exchange them")
    return Turn(channel, start, end, text)


def _second(value: object, number: int, name: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST_CALL:
        return float(value)
    raise TurnsInvalid(f'turn {number}: "{name}" must be seconds, 0 to {LONGEST_CALL:.0f}')
