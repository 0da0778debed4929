"""How each web hook stands: what was delivered, what waits, what was given up, and what the other side said last."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recordings.errors import HookUnknown
from recordings.tables import Hook, HookDelivery


@dataclass(frozen=True, slots=True)
class HookStanding:
    """One hook that is told something."""

    id: int
    url: str
    events: tuple[str, ...]
    made_at: datetime
    """In UTC."""
    delivered: int
    waiting: int
    given_up: int
    answer: str
    """What the other side said last, or why it could not be reached; empty before the first try."""


def hooks_standing(s: Session) -> Sequence[HookStanding]:
    """Every hook that was not removed, oldest first."""
    counts: Counter[tuple[int, str]] = Counter()
    by_state = select(HookDelivery.hook_id, HookDelivery.state, func.count())
    for hook_id, state, count in s.execute(by_state.group_by(HookDelivery.hook_id, HookDelivery.state)):
        counts[hook_id, state] = count
    found = s.scalars(select(Hook).where(Hook.removed_at.is_(None)).order_by(Hook.id))
    return [
        HookStanding(
            hook.id,
            hook.url,
            tuple(hook.events.split()),
            hook.made_at,
            counts[hook.id, "delivered"],
            counts[hook.id, "waiting"],
            counts[hook.id, "given-up"],
            _last_answer(s, hook.id),
        )
        for hook in found.all()
    ]


def hook_standing(s: Session, hook_id: int) -> HookStanding:
    """One of them. Raises HookUnknown."""
    for standing in hooks_standing(s):
        if standing.id == hook_id:
            return standing
    raise HookUnknown(f"there is no hook {hook_id}; `lianxin hook list` shows those there are")


def deliveries_of(s: Session, hook_id: int, most: int) -> Sequence[HookDelivery]:
    """What a hook was told or is to be told, the newest first."""
    found = select(HookDelivery).where(HookDelivery.hook_id == hook_id).order_by(HookDelivery.id.desc())
    return s.scalars(found.limit(most)).all()


def _last_answer(s: Session, hook_id: int) -> str:
    said = select(HookDelivery.answer).where(HookDelivery.hook_id == hook_id, HookDelivery.answer != "")
    return s.scalar(said.order_by(HookDelivery.id.desc()).limit(1)) or ""
