"""Takes personal data out of what was heard: labels stand for it, and the seconds of its words are noted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from triage.privacy.finding import LABELS, Found
from triage.privacy.masking import Said, redact

PAUSE = "，"
"""Joins the turns of a transcript's text."""

EDGE = 0.08
"""Seconds beeped before and after: word times are right to about 0.1 s."""


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """What one side said between two pauses."""

    start: float
    end: float
    """Seconds from the recording's first sample."""
    words: Sequence[dict[str, Any]]
    """[{"word", "start", "end", …}], in order."""
    partial: bool = False

    @property
    def text(self) -> str:
        """The words joined."""
        return "".join(word["word"] for word in self.words)


@dataclass(frozen=True, slots=True)
class Masked:
    """A transcript that everybody may read."""

    text: str
    turns: tuple[HeardTurn, ...]
    hidden: tuple[dict[str, Any], ...]
    """[{"kind", "start", "end"}] in seconds."""
    places: dict[int, int] = field(default_factory=dict)
    """Where a word that stayed begins now, by where it began in the original text."""


def mask(turns: Sequence[HeardTurn], also: Collection[Said] = ()) -> Masked:
    """Mask turns as one text, so that a number over several turns is found; and what was found elsewhere (`also`)."""
    found = redact(PAUSE.join(turn.text for turn in turns), also).found
    kept: list[HeardTurn] = []
    hidden: dict[int, dict[str, Any]] = {}
    places: dict[int, int] = {}
    place = length = 0
    for turn in turns:
        words: list[dict[str, Any]] = []
        said: set[int] = set()
        for word in turn.words:
            text, covered = _without(word["word"], place, found, said)
            for which in covered:
                stretch = hidden.setdefault(which, {"kind": found[which].kind.value, "start": word["start"]})
                stretch["end"] = word["end"]
            if not covered:
                places[place] = length
            if text or not words:
                words.append(
                    {name: value for name, value in word.items() if not covered or name != "heard"} | {"word": text}
                )
            else:
                words[-1]["end"] = word["end"]
            place, length = place + len(word["word"]), length + len(text)
            said |= covered
        kept.append(HeardTurn(turn.start, turn.end, words, turn.partial))
        place, length = place + len(PAUSE), length + len(PAUSE)
    stretches = tuple(
        {"kind": each["kind"], "start": max(0.0, each["start"] - EDGE), "end": each["end"] + EDGE}
        for _, each in sorted(hidden.items())
    )
    return Masked(PAUSE.join(turn.text for turn in kept), tuple(kept), stretches, places)


def _without(word: str, place: int, found: Sequence[Found], said: set[int]) -> tuple[str, set[int]]:
    """A word that begins at `place` without personal data, and which pieces it held some of.

    A label stands where a piece begins in this turn; `said` are those that have theirs already.
    """
    letters, covered = [], set[int]()
    for at, letter in enumerate(word, start=place):
        which = next((n for n, each in enumerate(found) if each.start <= at < each.end), None)
        if which is None:
            letters.append(letter)
        elif which not in said | covered:
            letters.append(f"〔{LABELS[found[which].kind]}〕")
        if which is not None:
            covered.add(which)
    return "".join(letters), covered


def to_keep(turns: Sequence[HeardTurn]) -> dict[str, Any]:
    """The original as it is sealed."""
    return {
        "text": PAUSE.join(turn.text for turn in turns),
        "turns": [{"start": turn.start, "end": turn.end, "text": turn.text} for turn in turns],
    }
