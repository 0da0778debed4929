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
    found = s.scalars(select(Hook).where(Hook.removed_at.is_(None)).order_by(Hook.id))
    return [_standing(s, hook) for hook in found.all()]


def hook_standing(s: Session, hook_id: int) -> HookStanding:
    """One of them. Raises HookUnknown."""
    hook = s.get(Hook, hook_id)
    if hook is None or hook.removed_at is not None:
        raise HookUnknown(f"there is no hook {hook_id}; `lianxin hook list` shows those there are")
    return _standing(s, hook)


def deliveries_of(s: Session, hook_id: int, most: int) -> Sequence[HookDelivery]:
    """What a hook was told or is to be told, the newest first."""
    found = select(HookDelivery).where(HookDelivery.hook_id == hook_id).order_by(HookDelivery.id.desc())
    return s.scalars(found.limit(most)).all()


def _standing(s: Session, hook: Hook) -> HookStanding:
    by_state = select(HookDelivery.state, func.count()).where(HookDelivery.hook_id == hook.id)
    counts = Counter(dict(list(s.execute(by_state.group_by(HookDelivery.state)))))
    return HookStanding(
        hook.id,
        hook.url,
        tuple(hook.events.split()),
        hook.made_at,
        counts["delivered"],
        counts["waiting"],
        counts["given-up"],
        _last_answer(s, hook.id),
    )


def _last_answer(s: Session, hook_id: int) -> str:
    said = select(HookDelivery.answer).where(HookDelivery.hook_id == hook_id, HookDelivery.answer != "")
    return s.scalar(said.order_by(HookDelivery.id.desc()).limit(1)) or ""
