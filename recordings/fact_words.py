"""What people say of the facts of a call: not so, rather this, or one more. Nothing is overwritten.

A fact is known by its kind and by the words in which it first stood, the machine's or a person's: so a person's word
outlasts another transcript that says the same.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.errors import FactRefused
from recordings.ledger import call_of, log_event
from recordings.one_line import one_line
from recordings.tables import Correction

PREFIX = "fact:"
LONGEST = 100
"""Characters of a fact."""


@dataclass(frozen=True, slots=True)
class FactWord:
    """A person's newest word on one fact."""

    kind: str
    said: str
    """The words in which the fact first stood."""
    text: str
    """What a person says it is; empty when there is no such fact."""
    by: str
    at: datetime
    id: int
    """Number of the correction, which is higher for a newer one."""
    before: str
    """What counted until then: an earlier word or the machine's, '' where there was no such fact."""
    user_id: int


def say_fact(
    s: Session, call_id: str, user_id: int, kind: str, said: str, text: str, at: datetime, *, new: bool = False
) -> bool:
    """Keep what a person says of a fact, '' for none such; False when that is said already.

    `new`: the machine had no such fact; its words are `said`, and `text` the same.
    Which kinds there are is for the caller to check. Raises CallUnknown, FactRefused.
    """
    said, text = one_line(said), one_line(text)
    if not 0 < len(said) <= LONGEST or len(text) > LONGEST:
        raise FactRefused(f"a fact has 1 to {LONGEST} characters")
    call_of(s, call_id)
    known = newest_word(s, call_id, kind, said)
    if known and known.text == text:
        return False
    if known is None and text == said and not new:
        return False
    s.add(Correction(call_id=call_id, user_id=user_id, made_at=at, field=f"{PREFIX}{kind}", before=said, after=text))
    s.flush()
    log_event(s, call_id, "fact-corrected", at, fact=kind)
    return True


def newest_word(s: Session, call_id: str, kind: str, said: str) -> FactWord | None:
    """What was said last of one fact; None where nobody spoke of it."""
    said = one_line(said)
    return next((word for word in fact_words(s, call_id) if (word.kind, word.said) == (kind, said)), None)


def fact_words(s: Session, call_id: str) -> list[FactWord]:
    """The newest word on each fact that somebody spoke of, the oldest fact first."""
    wanted = select(Correction).where(Correction.call_id == call_id, Correction.field.startswith(PREFIX))
    newest: dict[tuple[str, str], FactWord] = {}
    for row in s.scalars(wanted.order_by(Correction.id)):
        kind = row.field.removeprefix(PREFIX)
        earlier = newest.get((kind, row.before))
        added = row.after == row.before  # nobody says first of the machine's words that they are what they are
        before = earlier.text if earlier else "" if added else row.before
        newest[kind, row.before] = FactWord(
            kind, row.before, row.after, row.user.name, row.made_at, row.id, before, row.user_id
        )
    return list(newest.values())
