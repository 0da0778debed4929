"""Keeping a filter under a name, for oneself or for colleagues."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from recordings.errors import FilterRefused
from recordings.one_line import one_line
from recordings.tables import SavedFilter, User

NAME_LENGTH = 40
MOST = 30
"""Filters of one person: more than these nobody finds again."""


def save_filter(
    s: Session, user_id: int, name: str, address: Mapping[str, str], *, shared: bool, at: datetime
) -> tuple[SavedFilter, bool | None]:
    """Keep a filter, in the place of one of the same name and person; and whether that one was shared, None for none.

    Raises FilterRefused.
    """
    name = one_line(name)
    if not 0 < len(name) <= NAME_LENGTH or not name.isprintable():
        raise FilterRefused(f"a filter's name has 1 to {NAME_LENGTH} characters; choose another")
    if not address:
        raise FilterRefused("there is no filter to keep; choose one first")
    found = s.scalars(select(SavedFilter).where(SavedFilter.user_id == user_id, SavedFilter.name == name)).first()
    was_shared = found.shared if found else None
    if found is None:
        kept = s.scalar(select(func.count()).select_from(SavedFilter).where(SavedFilter.user_id == user_id)) or 0
        if kept >= MOST:
            raise FilterRefused(f"you keep {kept} filters; remove one first")
        found = SavedFilter(user_id=user_id, name=name)
        s.add(found)
    found.address, found.shared, found.made_at = dict(address), shared, at
    s.flush()
    return found, was_shared


def remove_filter(s: Session, user_id: int, number: int) -> bool:
    """Remove a filter of one's own; False when there is none of that number."""
    found = s.get(SavedFilter, number)
    if found is None or found.user_id != user_id:
        return False
    s.delete(found)
    return True


def filters_of(s: Session, user_id: int) -> Sequence[SavedFilter]:
    """One's own filters, then those that colleagues share, each by name."""
    wanted = select(SavedFilter).join(User).where(or_(SavedFilter.user_id == user_id, SavedFilter.shared))
    wanted = wanted.where(or_(SavedFilter.user_id == user_id, User.disabled.is_(False)))
    return sorted(s.scalars(wanted), key=lambda each: (each.user_id != user_id, each.name))
