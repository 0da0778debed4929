"""Web hooks: who is told what, what waits to be said, and what became of it."""

import base64
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from recordings.announcing import ANNOUNCED
from recordings.errors import HookRefused, HookUnknown
from recordings.tables import Audit, Hook, HookDelivery
from recordings.vault import kept, of_hook, opened

PAUSES = tuple(timedelta(seconds=each) for each in (10, 60, 300, 1800, 7200, 21_600, 43_200, 86_400))
"""From one try to the next; after the last of them, some two days, a delivery is given up."""
HOLD = timedelta(seconds=60)
"""How long a delivery is left to whoever sends it."""
BATCH = 50
SECRET = "whsec_"
"""How a secret begins (https://www.standardwebhooks.com)."""


def add_hook(s: Session, *, url: str, events: Collection[str], at: datetime) -> Hook:
    """Tell an address what happens from now on. Raises HookRefused."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        raise HookRefused(f"{url[:60]!r} is no address to send to; write https://…") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 300 or not url.isprintable():
        raise HookRefused(f"{url[:60]!r} is no address to send to; write https://…")
    if parts.username or parts.password:
        raise HookRefused("a password in an address ends up in logs; leave it out, what we send is signed")
    if strange := sorted(set(events) - ANNOUNCED):
        raise HookRefused(f"there is no event {strange[0]!r}; choose from {', '.join(sorted(ANNOUNCED))}")
    if not events:
        raise HookRefused("a hook for nothing would never be told; name an event")
    secret = SECRET + base64.b64encode(secrets.token_bytes(24)).decode()
    hook = Hook(url=url, events=" ".join(sorted(set(events))), secret="", made_at=at)
    s.add(hook)
    s.flush()
    hook.secret = kept(s, secret, of_hook(hook))
    s.add(Audit(at=at, action="hook-added", target=f"{hook.id} {parts.hostname}"[:80]))
    return hook


def secret_of(s: Session, hook: Hook) -> str:
    """What both sides sign with. Raises SealBroken."""
    return opened(s, hook.secret, of_hook(hook))


def remove_hook(s: Session, number: int, at: datetime) -> Hook:
    """Tell an address nothing more; what still waits for it is given up. Raises HookUnknown."""
    hook = s.get(Hook, number)
    if hook is None or hook.removed_at:
        raise HookUnknown(f"there is no hook {number}; `lianxin hook list` shows those there are")
    hook.removed_at = at
    for delivery in s.scalars(select(HookDelivery).where(HookDelivery.hook_id == number, _waits())):
        delivery.state, delivery.answer = "given-up", "the hook was removed"
    s.add(Audit(at=at, action="hook-removed", target=f"{hook.id} {urlsplit(hook.url).hostname}"[:80]))
    return hook


def take_due(s: Session, at: datetime) -> Sequence[HookDelivery]:
    """What is to be said now, oldest first; others leave it alone for HOLD."""
    due = select(HookDelivery).where(_waits(), HookDelivery.next_at <= at).order_by(HookDelivery.id).limit(BATCH)
    found = s.scalars(due.with_for_update(skip_locked=True, of=HookDelivery)).all()
    for delivery in found:
        delivery.next_at = at + HOLD
    return found


def delivered(s: Session, number: int, answer: str, at: datetime) -> None:
    """The other side has it."""
    if delivery := s.get(HookDelivery, number):
        delivery.state, delivery.answer, delivery.tries, delivery.next_at = "delivered", answer, delivery.tries + 1, at


def failed(s: Session, number: int, answer: str, at: datetime) -> None:
    """The other side has it not: it is tried again after a pause, and given up after the last."""
    if delivery := s.get(HookDelivery, number):
        delivery.answer = answer[:200]
        if delivery.tries >= len(PAUSES):
            delivery.state = "given-up"
        else:
            delivery.next_at = at + PAUSES[delivery.tries]
        delivery.tries += 1


def put_off(s: Session, numbers: Collection[int], at: datetime) -> None:
    """Leave for a moment what was not tried, for its address does not answer."""
    for delivery in s.scalars(select(HookDelivery).where(HookDelivery.id.in_(numbers))):
        delivery.next_at = at + PAUSES[0]


def try_again(s: Session, number: int, at: datetime) -> int:
    """Say again what was given up for a hook; how many. Raises HookUnknown."""
    hook = s.get(Hook, number)
    if hook is None or hook.removed_at:
        raise HookUnknown(f"there is no hook {number}; `lianxin hook list` shows those there are")
    lost = select(HookDelivery).where(HookDelivery.hook_id == number, HookDelivery.state == "given-up")
    found = s.scalars(lost).all()
    for delivery in found:
        delivery.state, delivery.tries, delivery.next_at = "waiting", 0, at
    return len(found)


def _waits() -> ColumnElement[bool]:
    return HookDelivery.state == "waiting"
