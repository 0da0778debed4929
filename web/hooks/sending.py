"""Saying what waits to be said. One that does not answer holds up nobody else."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import httpx
import structlog
from sqlalchemy.orm import Session

from recordings import hooks
from recordings.archive import Archive
from recordings.errors import SealBroken
from recordings.tables import Hook, HookDelivery
from web.hooks.signing import signed

log = structlog.get_logger()

PATIENCE = 10.0
"""Seconds for an answer; it need only say that it came."""
AT_ONCE = 4
"""Addresses that are spoken to at a time."""


class Sender:
    """Sends what is due. Several may do so at the same time, each takes its own."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._archive, self._clock = archive, clock

    def round(self) -> int:
        """Send once whatever is due; how many were delivered."""
        with self._archive.session() as s:
            due = hooks.take_due(s, self._clock())
            secrets = {delivery.hook_id: _secret(s, delivery.hook) for delivery in due}
        if not due:
            return 0
        by_hook: dict[int, list[HookDelivery]] = defaultdict(list)
        for delivery in due:
            by_hook[delivery.hook_id].append(delivery)
        with ThreadPoolExecutor(AT_ONCE, "hook") as pool:
            return sum(pool.map(self._tell, secrets.values(), (by_hook[hook] for hook in secrets)))

    def _tell(self, secret: str | SealBroken, deliveries: Sequence[HookDelivery]) -> int:
        """Say all to one address, in order; after one that fails the others wait."""
        with httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
            for told, delivery in enumerate(deliveries):
                if isinstance(secret, SealBroken):
                    good, answer = False, str(secret)[:200]
                else:
                    good, answer = send(client, secret, delivery, self._clock())
                with self._archive.session() as s:
                    (hooks.delivered if good else hooks.failed)(s, delivery.id, answer, self._clock())
                    if not good:
                        hooks.put_off(s, [each.id for each in deliveries[told + 1 :]], self._clock())
                if not good:
                    log.warning("hook-failed", hook=delivery.hook_id, delivery=delivery.id, why=answer)
                    return told
        return len(deliveries)


def _secret(s: Session, hook: Hook) -> str | SealBroken:
    """What signs for the hook, or why it cannot be had: a key that is gone silences this hook and no other."""
    try:
        return hooks.secret_of(s, hook)
    except SealBroken as error:
        return error


def send(client: httpx.Client, secret: str, delivery: HookDelivery, now: datetime) -> tuple[bool, str]:
    """Say it once: whether the other side took it, and what it said. Redirects are not followed."""
    said = {"type": delivery.event, "timestamp": delivery.at.isoformat(timespec="milliseconds"), "data": delivery.data}
    body = json.dumps(said, ensure_ascii=False).encode()
    headers = signed(secret, f"msg_{delivery.id}", now, body)
    try:
        with client.stream(
            "POST", delivery.hook.url, content=body, headers=headers | {"content-type": "application/json"}
        ) as answer:
            return answer.is_success, f"{answer.status_code} {answer.reason_phrase}"[:200]
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return False, f"{type(error).__name__}: {error}"[:200]
