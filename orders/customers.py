"""Customers: found by number or by the telephone they call from, and what may be said to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings.tables import Customer, CustomerPhone

MOBILE = re.compile(r"1[3-9]\d{9}")
"""A mobile phone's number in China."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a caller may hear of a customer number. No name and no address: a number alone proves nobody."""

    number: str
    district: str
    """Key of its district, empty when not known."""
    balance: int
    """In fen, hundredths of a yuan; below zero is owed."""
    last_bill: int | None
    """In fen; None when there was none yet."""
    due_on: date | None
    price_step: int | None


def plain_phone(phone: str) -> str:
    """A telephone number as we compare it: digits only, as dialled within the country.

    +86 138… and 0086138… become 138…; a landline gets its 0 back: +86 10 8888 6666 is 01088886666.
    """
    digits = re.sub(r"\D", "", phone)
    abroad = re.fullmatch(r"(?:00)?86(\d{10,})", digits)
    if abroad is None or not (phone.strip().startswith("+") or digits.startswith("00") or MOBILE.fullmatch(abroad[1])):
        return digits
    return abroad[1] if MOBILE.fullmatch(abroad[1]) or abroad[1].startswith("0") else f"0{abroad[1]}"


def account_of(customer: Customer) -> Account:
    """What may be said of a row."""
    return Account(
        customer.number,
        customer.district,
        customer.balance,
        customer.last_bill,
        customer.due_on,
        customer.price_step,
    )


def find_account(s: Session, number: str) -> Account | None:
    """The account of a customer number, None when there is none."""
    row = s.get(Customer, number)
    return account_of(row) if row else None


def accounts_of_phone(s: Session, phone: str) -> Sequence[Account]:
    """The accounts that a telephone belongs to, by number; none for a withheld one."""
    if not (plain := plain_phone(phone)):
        return []
    wanted = select(Customer).join(CustomerPhone).where(CustomerPhone.phone == plain).order_by(Customer.number)
    return [account_of(row) for row in s.scalars(wanted).unique()]


def district_of_phone(s: Session, phone: str) -> str:
    """Key of the one district in which a caller's accounts are; empty when unknown or in several."""
    found = {account.district for account in accounts_of_phone(s, phone) if account.district}
    return found.pop() if len(found) == 1 else ""
