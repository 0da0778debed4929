"""A transcript laid out for reading: people's words over the machine's, evidence and hits marked, with figures."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from asr.reading import read
from asr.transcript import Word
from recordings.tables import Turn
from recordings.turn_texts import BETWEEN
from web.calls.aligning import aligned
from web.calls.reading import Piece, Run, Span, SpokenTurn, SpokenWord

SIGNS = "，。？"
"""What is put where somebody paused."""


def spoken(
    text: str,
    turns: Sequence[Turn],
    *,
    side: str,
    evidence: Sequence[Span],
    hits: Sequence[Span],
    fixed: Mapping[int, str],
) -> tuple[SpokenTurn, ...]:
    """The turns of a transcript, their words found in its text and marked.

    `text` is the machine's whole text; `evidence` counts in it, `hits` in the text as people heard it. `fixed`: what
    they heard, by turn.
    """
    whole = shown_text(text, turns, fixed)
    place = shown_place = 0
    laid_out = []
    for turn in turns:
        machine = turn.words or [{"word": turn.text, "start": turn.start, "end": turn.end}]
        shown = aligned([word["word"] for word in machine], fixed[turn.id]) if turn.id in fixed else ()
        words = []
        for index, word in enumerate(machine):
            own, now = word["word"], shown[index] if shown else word["word"]
            found, there = text.find(own, place), whole.find(now, shown_place)
            place = found + len(own) if found >= 0 else place
            shown_place = there + len(now) if there >= 0 else shown_place
            looks = _looks(own, now, found, there, evidence, hits)
            words.append(
                SpokenWord(word["start"], word["end"], _runs(now, looks), found, own, word.get("heard", ""), index)
            )
        read = pieces_of(words)
        laid_out.append(SpokenTurn(turn.id, side, turn.start, turn.end, tuple(words), read, turn.partial, turn.text))
    return tuple(laid_out)


def shown_text(text: str, turns: Sequence[Turn], fixed: Mapping[int, str]) -> str:
    """A transcript's whole text as people heard it; the machine's where nobody heard anything else."""
    if not any(turn.id in fixed for turn in turns):
        return text
    return BETWEEN.join(fixed.get(turn.id, turn.text) for turn in turns)


def pieces_of(words: Sequence[SpokenWord]) -> tuple[Piece, ...]:
    """A turn's words as they are read: numbers in figures, signs where somebody paused. No word is lost."""
    seen = [word for word in words if word.text]
    pieces, at = [], 0
    for read_piece in read([Word(word.text, word.start, word.end, 1.0) for word in seen]):
        own = tuple(seen[at : at + len(read_piece.words)])
        at += len(own)
        said = "".join(word.text for word in own)
        sign = read_piece.text[-1] if read_piece.text[-1] in SIGNS and not said.endswith(read_piece.text[-1]) else ""
        written = read_piece.text.removesuffix(sign)
        runs = tuple(run for word in own for run in word.runs)
        if written != said:
            runs = (Run(written, any(run.evidence for run in runs), any(run.hit for run in runs)),)
        pieces.append(Piece(own[0].start, own[-1].end, runs, sign, said if written != said else ""))
    return tuple(pieces)


def _looks(
    machine: str, shown: str, place: int, shown_place: int, evidence: Sequence[Span], hits: Sequence[Span]
) -> list[tuple[bool, bool]]:
    """Of each character: whether it is evidence, and whether it was searched for."""
    cited = [place >= 0 and _inside(place + at, evidence) for at in range(len(machine))]
    if shown != machine:
        cited = [any(cited)] * len(shown)
    found = [shown_place >= 0 and _inside(shown_place + at, hits) for at in range(len(shown))]
    return list(zip(cited, found, strict=True))


def _runs(word: str, looks: Sequence[tuple[bool, bool]]) -> tuple[Run, ...]:
    groups = groupby(range(len(word)), key=lambda at: looks[at])
    return tuple(Run("".join(word[at] for at in places), *look) for look, places in groups)


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
