"""Taking customers in: new ones added, known ones brought up to date, nothing doubled."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from orders.csv_rows import CustomerRow, Fault
from recordings.tables import Customer, CustomerPhone

BATCH = 500
"""Rows in one transaction: calls on the line write in between."""
FIELDS = ("district", "name", "address", "balance", "last_bill", "due_on", "price_step")


@dataclass(slots=True)
class Tally:
    """How many rows became what."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0


def import_customers(
    open_session: Callable[[], AbstractContextManager[Session]],
    rows: Iterable[CustomerRow | Fault],
    at: datetime,
    *,
    dry_run: bool = False,
) -> Iterator[tuple[Tally, Sequence[Fault]]]:
    """Take rows in, so many at a time; after each batch gives what became of all so far, and the batch's faults.

    A customer who is not in the file stays. With `dry_run` everything is told and nothing written; `open_session`
    may then be one that only reads.
    """
    tally = Tally()
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        good = [row for row in some if isinstance(row, CustomerRow)]
        faults = [row for row in some if isinstance(row, Fault)]
        with open_session() as s:
            known = _known(s, [row.number for row in good])
            for row in good:
                _take(s, row, known.get(row.number), at, tally, dry_run=dry_run)
        tally.faulty += len(faults)
        yield tally, faults


def _known(s: Session, numbers: Sequence[str]) -> dict[str, Customer]:
    wanted = select(Customer).where(Customer.number.in_(numbers)).options(selectinload(Customer.phones))
    return {customer.number: customer for customer in s.scalars(wanted)}


def _take(s: Session, row: CustomerRow, known: Customer | None, at: datetime, tally: Tally, *, dry_run: bool) -> None:
    fields = {name: getattr(row, name) for name in FIELDS}
    if known is None:
        tally.added += 1
        if not dry_run:
            phones = [CustomerPhone(phone=phone) for phone in row.phones]
            s.add(Customer(number=row.number, updated_at=at, phones=phones, **fields))
        return
    other_phones = {phone.phone for phone in known.phones} != set(row.phones)
    if not other_phones and all(getattr(known, name) == value for name, value in fields.items()):
        tally.unchanged += 1
        return
    tally.changed += 1
    if dry_run:
        return
    for name, value in fields.items():
        setattr(known, name, value)
    if other_phones:
        known.phones = [CustomerPhone(phone=phone) for phone in row.phones]
    known.updated_at = at
