"""The audit: who looked at, changed or took away what. Rows are only ever added, each sealed over the one before.

Every row holds the SHA-256 of its own content and of the row before it (a hash chain; Haber & Stornetta, How to
Time-Stamp a Digital Document, 1991). The database refuses to change or remove rows. Whoever gets round that, with the
file in hand, breaks the chain at the row that was touched; `Head` keeps the number and the hash of the newest row, so
that rows missing from the end are noticed too. Keep a hash elsewhere to be safe from whoever could rewrite all of it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session, UOWTransaction

from recordings.tables import Audit, AuditHead, User

FIRST = "0" * 64
"""What the first row is sealed over."""
CHAIN_LOCK = 0x11A0_0003
"""Key of PostgreSQL's advisory lock under which one transaction at a time adds to the chain."""
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of reading the whole chain."""

    rows: int
    """Rows that were read and are sound."""
    problem: str
    """The first thing that is wrong, as a sentence; empty when the chain is whole."""
    head: str
    """Hash of the newest sound row; FIRST when there is none."""

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, removed or slipped in."""
        return not self.problem


def seal(row: Audit, before: str) -> str:
    """The hash of a row: of what it says, and of the hash before it."""
    return _seal(row, row.target or "", before)


def _seal(row: Audit, target: str | None, before: str) -> str:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = json.dumps([row.id, at, row.user_id, row.action, target, before], ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def _is_as_written(row: Audit, before: str) -> bool:
    """Whether a row says what was sealed. Until November 2026 one about nobody else was sealed with a null for ""."""
    return row.hash == seal(row, before) or (not row.target and row.hash == _seal(row, None, before))


def chain(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Number and seal the new rows of a session before they are written; other writers wait for the transaction."""
    new = [row for row in session.new if isinstance(row, Audit) and not row.hash]
    if not new:
        return
    with session.no_autoflush:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
        head = session.get(AuditHead, 1, populate_existing=True)
        if head is None:
            head = AuditHead(id=1, count=0, hash=FIRST)
            session.add(head)
        for row in new:
            head.count += 1
            row.id, row.hash = head.count, ""
            row.hash = head.hash = seal(row, head.hash)


def chained(kind: type[Session]) -> None:
    """Let sessions of a kind seal what they add to the audit."""
    event.listen(kind, "before_flush", chain)


def verify(s: Session) -> Proof:
    """Read the whole chain; stops at the first row that is not as it was written."""
    before, count = FIRST, 0
    for row in _rows(s):
        if row.id != count + 1:
            return Proof(count, f"row {count + 1} is missing: row {row.id} follows row {count}", before)
        if not _is_as_written(row, before):
            return Proof(count, f"row {row.id} is not as it was written ({row.at:%Y-%m-%d %H:%M:%S} UTC)", before)
        before, count = row.hash, row.id
    head = s.get(AuditHead, 1)
    if head is None:
        return Proof(count, "" if count == 0 else "the note of the newest row is gone", before)
    if head.count > count:
        return Proof(count, f"rows {count + 1} to {head.count} are missing from the end", before)
    if (head.count, head.hash) != (count, before):
        return Proof(count, f"the note of the newest row names row {head.count}, and there are {count}", before)
    return Proof(count, "", before)


def _rows(s: Session) -> Iterator[Audit]:
    after = 0
    while found := s.scalars(select(Audit).where(Audit.id > after).order_by(Audit.id).limit(BATCH)).all():
        yield from found
        after = found[-1].id
        s.expunge_all()


def entries(s: Session) -> Iterator[tuple[Audit, str]]:
    """Every row, oldest first, with the name of who did it; empty for nobody who is known."""
    names: dict[int, str] = dict(list(s.execute(select(User.id, User.name))))
    for row in _rows(s):
        yield row, names.get(row.user_id or 0, "")
