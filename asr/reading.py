"""Words into text for a reader: joined, with signs at pauses, numbers in figures; the words stay underneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from asr.figures import find_figures
from asr.transcript import Word

COMMA = 0.35
"""Seconds of silence that are read as a comma: longer than the closure of a consonant, shorter than a breath."""
STOP = 1.2
"""Seconds of silence that end a sentence."""
ASKS = ("吗", "呢", "么")
"""How a question ends."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the text, and the words that were said for it."""

    text: str
    """As it is read, with the sign behind it."""
    words: tuple[Word, ...]
    """As they were heard, at least one, with their times."""


def read(words: Sequence[Word]) -> tuple[Piece, ...]:
    """The text of words in order of time, piece by piece; every word is in one piece, and the order is kept."""
    pieces = []
    for first, behind, text in _written([word.word for word in words]):
        pause = words[behind].start - words[behind - 1].end if behind < len(words) else STOP
        pieces.append(Piece(text + _sign(text, pause), tuple(words[first:behind])))
    return tuple(pieces)


def _sign(text: str, pause: float) -> str:
    if pause < COMMA:
        return ""
    return "，" if pause < STOP else "？" if text.endswith(ASKS) else "。"


def _written(words: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, behind the last, text) of each piece: a word by itself, or the words of a number."""
    text = "".join(words)
    begins = [0, *accumulate(len(word) for word in words)]
    pieces: list[tuple[int, int, str]] = []
    done = 0
    for figure in find_figures(text):
        first = max(at for at, begin in enumerate(begins) if begin <= figure.start)
        behind = min(at for at, begin in enumerate(begins) if begin >= figure.end)
        cut = begins[first] != figure.start or begins[behind] != figure.end
        if first < done or (figure.bare and (cut or text[figure.start : figure.end] in ("千万", "万一", "万千"))):
            continue  # 千万 and 十分 are words of their own
        whole = text[begins[first] : figure.start] + figure.text + text[figure.end : begins[behind]]
        pieces += [(at, at + 1, words[at]) for at in range(done, first)]
        pieces.append((first, behind, whole))
        done = behind
    return pieces + [(at, at + 1, words[at]) for at in range(done, len(words))]
