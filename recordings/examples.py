"""Good and bad calls that others learn from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recordings.errors import ReviewRefused
from recordings.ledger import call_of
from recordings.one_line import one_line
from recordings.tables import Example

LONGEST = 500
"""Characters of a comment."""

ExampleKind = Literal["good", "bad", ""]


def keep_example(s: Session, call_id: str, user_id: int, kind: ExampleKind, comment: str, at: datetime) -> Example:
    """Make a call an example, or no longer one. Raises CallUnknown, and ReviewRefused for one without a comment."""
    call_of(s, call_id)
    comment = one_line(comment)
    if len(comment) > LONGEST or (kind and not comment):
        raise ReviewRefused(f"an example says what is to be learnt, in up to {LONGEST} characters")
    example = Example(call_id=call_id, user_id=user_id, kind=kind, comment=comment, made_at=at)
    s.add(example)
    s.flush()
    return example


def example_of_call(s: Session, call_id: str) -> Example | None:
    """What a call is an example of; None when it is none."""
    newest = select(Example).where(Example.call_id == call_id).options(joinedload(Example.user))
    found = s.scalars(newest.order_by(Example.id.desc()).limit(1)).first()
    return found if found and found.kind else None


def examples(s: Session, kind: ExampleKind, most: int = 100) -> Sequence[Example]:
    """The newest examples of a kind."""
    newest = select(func.max(Example.id)).group_by(Example.call_id)
    wanted = select(Example).where(Example.id.in_(newest), Example.kind == kind).options(joinedload(Example.user))
    return s.scalars(wanted.order_by(Example.id.desc()).limit(most)).all()
