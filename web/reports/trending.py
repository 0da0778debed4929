"""Words that people say more often than they did: what is going on in town, before anybody classifies it."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from recordings.tables import Call, Leg, Recording, Transcript, Turn

LATELY = timedelta(days=7)
EARLIER = timedelta(days=28)
"""The weeks before, that the last one is compared with."""
READ = 2000
"""Calls that are read of either, the newest: more would not change the answer and take long."""
SURE = 2.58
"""z from which a rise is no chance, at a level of 1 %."""
LEAST_CALLS = 3
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Rising:
    """A word that more callers say than before."""

    word: str
    calls: int
    """Calls of the last week that hold it."""
    share: float
    """Of the calls of the last week."""
    share_before: float
    """Of the calls of the weeks before."""


def rising_words(s: Session, until: datetime) -> tuple[Rising, ...]:
    """The words whose share of calls rose most surely in the week before a moment in UTC, surest first."""
    lately = _words_by_call(s, until - LATELY, until)
    earlier = _words_by_call(s, until - LATELY - EARLIER, until - LATELY)
    return compare(lately, earlier)


def compare(lately: Iterable[frozenset[str]], earlier: Iterable[frozenset[str]]) -> tuple[Rising, ...]:
    """Compare the words of two sets of calls, each call given by its words.

    A word counts once a call. The measure is the z of two proportions, pooled (NIST/SEMATECH e-Handbook of Statistical
    Methods, 7.3.3). Without earlier calls nothing can be said to rise.
    """
    lately, earlier = list(lately), list(earlier)
    if not lately or not earlier:
        return ()
    now, then = (Counter(word for words in calls for word in words) for calls in (lately, earlier))
    found = []
    for word, calls in now.items():
        share, before = calls / len(lately), then[word] / len(earlier)
        pooled = (calls + then[word]) / (len(lately) + len(earlier))
        spread = math.sqrt(pooled * (1 - pooled) * (1 / len(lately) + 1 / len(earlier)))
        if calls >= LEAST_CALLS and len(word) > 1 and spread and (share - before) / spread >= SURE:
            found.append(((share - before) / spread, Rising(word, calls, share, before)))
    return tuple(rising for _, rising in sorted(found, key=lambda one: (-one[0], one[1].word))[:SHOWN])


def _words_by_call(s: Session, begin: datetime, end: datetime) -> list[frozenset[str]]:
    """The words that callers said, a set a call, of the newest calls between two moments."""
    newest = (
        select(Call.id)
        .where(Call.direction == "in", Call.started_at > begin, Call.started_at <= end)
        .order_by(Call.started_at.desc())
        .limit(READ)
        .subquery()
    )
    other = aliased(Transcript)
    version = select(func.max(other.id)).where(other.recording_id == Transcript.recording_id).correlate(Transcript)
    spoken = (
        select(Leg.call_id, Turn.words)
        .join(Recording, Recording.leg_id == Leg.id)
        .join(Transcript, Transcript.recording_id == Recording.id)
        .join(Turn, Turn.transcript_id == Transcript.id)
        .where(Leg.call_id.in_(select(newest.c.id)), Leg.side == "caller", Transcript.id == version.scalar_subquery())
    )
    by_call: dict[str, set[str]] = {}
    for call_id, words in s.execute(spoken):
        by_call.setdefault(call_id, set()).update(word["word"] for word in words)
    return [frozenset(words) for words in by_call.values()]
