"""The facts of one transcript, with their seconds, as rows."""

import re
from collections.abc import Sequence
from typing import Any

from recordings.tables import StoredFact, Transcript
from triage.facts.extraction import extract
from triage.privacy.finding import LABELS

_LABEL = re.compile("〔(?P<label>" + "|".join(LABELS.values()) + ")〕")
_KINDS = {label: kind.value for kind, label in LABELS.items()}


def facts_of(transcript: Transcript, side: str) -> list[StoredFact]:
    """What is to be kept of a transcript: its facts, and that personal data was said there."""
    text = transcript.text
    words = [word for turn in transcript.turns for word in turn.words]
    places = _places(text, words)
    rows = [
        StoredFact(
            transcript_id=transcript.id,
            kind=fact.kind.value,
            text=fact.text[:100],
            value=fact.value[:40],
            start=fact.start,
            second=_second(places, fact.start),
        )
        for fact in extract(text, agent=side == "agent")
    ]
    rows += [
        StoredFact(
            transcript_id=transcript.id,
            kind=_KINDS[match["label"]],
            text=match[0],
            value="",
            start=match.start(),
            second=_second(places, match.start()),
        )
        for match in _LABEL.finditer(text)
    ]
    return rows


def _places(text: str, words: Sequence[dict[str, Any]]) -> list[tuple[int, float]]:
    """Where in the text each word begins, and when it is said."""
    places, at = [], 0
    for word in words:
        found = text.find(word["word"], at)
        if found >= 0:
            places.append((found, float(word["start"])))
            at = found + len(word["word"])
    return places


def _second(places: Sequence[tuple[int, float]], start: int) -> float | None:
    """When the word is said in which a place lies."""
    return max((each for each in places if each[0] <= start), default=(0, None))[1]
