"""What of a call's timeline others are told of: by web hooks, and live.

A hook's deliveries are written in the transaction that writes the event: what happened is told, or did not happen.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, UOWTransaction

from recordings.tables import Event, Hook, HookDelivery

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "rang": "call.began",
        "ended": "call.ended",
        "transcribed": "call.transcribed",
        "triaged": "call.understood",
        "category-corrected": "category.corrected",
        "case-moved": "case.moved",
    }
)
"""What others call an event, by its kind."""
FATAL = "finding.fatal"
"""What they call a judgement with a fatal finding."""
ANNOUNCED = frozenset({*NAMES.values(), FATAL})
TOLD = ("recording", "case", "state", "category", "urgency", "before", "after", "outcome", "findings")
"""Details that are told: ids, states and categories."""


def name_of(happened: Event) -> str:
    """What others call it; empty for what they are not told of."""
    if happened.kind == "judged":
        return FATAL if happened.detail.get("fatal") else ""
    return NAMES.get(happened.kind, "")


def told(happened: Event) -> dict[str, Any]:
    """What they are told about it."""
    return {"call_id": happened.call_id} | {name: happened.detail[name] for name in TOLD if name in happened.detail}


def announced(kind: type[Session]) -> None:
    """Let sessions of a kind write what others are to be told."""
    event.listen(kind, "before_flush", announce)


def announce(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Write a delivery for every hook that asked for what a session is about to write."""
    new = [(row, name) for row in session.new if isinstance(row, Event) and (name := name_of(row))]
    if not new:
        return
    with session.no_autoflush:
        hooks = session.scalars(select(Hook).where(Hook.removed_at.is_(None))).all()
    for row, name in new:
        for hook in hooks:
            if name in hook.events.split():
                session.add(
                    HookDelivery(
                        hook_id=hook.id, call_id=row.call_id, event=name, at=row.at, next_at=row.at, data=told(row)
                    )
                )
