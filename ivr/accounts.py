"""Where bills are looked up: one protocol, two back ends."""

import asyncio
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

import httpx

from ivr.books import Books
from ivr.errors import AccountsAway, BooksSlow
from orders.customers import Account, find_account
from recordings.errors import ArchiveError


class Accounts(Protocol):
    """Looks up what a customer number's bill says."""

    async def find(self, number: str) -> Account | None:
        """The account, None for an unknown number. Raises AccountsAway."""
        ...


class ImportedAccounts:
    """The `customers` table, as `lianxin customers import` filled it."""

    def __init__(self, books: Books) -> None:
        self._books = books

    async def find(self, number: str) -> Account | None:
        """The account, None for an unknown number. Raises AccountsAway."""
        try:
            return await self._books.read(find_account, number)
        except (ArchiveError, BooksSlow) as error:
            raise AccountsAway(str(error)) from error


class HttpAccounts:
    """A back end of the utility's own: GET its address, JSON back; see docs/orders.md."""

    def __init__(self, client: httpx.AsyncClient, address: str, limit: float) -> None:
        """`address` has {number} in it; `limit` is in seconds, for the whole answer."""
        self._client = client
        self._address = address
        self._limit = limit

    async def find(self, number: str) -> Account | None:
        """The account, None for a 404. Raises AccountsAway."""
        try:
            async with asyncio.timeout(self._limit):
                answer = await self._client.get(self._address.replace("{number}", number))
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            answer.raise_for_status()
            return read_account(number, answer.json())
        except (httpx.HTTPError, TimeoutError) as error:
            # The address is left out of the message: it holds the customer number.
            status = error.response.status_code if isinstance(error, httpx.HTTPStatusError) else type(error).__name__
            raise AccountsAway(f"the back end of bills: {status}; check it and orders.accounts_url") from None
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
            raise AccountsAway(f"the back end of bills answers what docs/orders.md does not say: {error!r}") from None


def read_account(number: str, told: Mapping[str, Any]) -> Account:
    """The JSON of a back end as an account. Amounts are yuan, as text or number. Raises ValueError and its kin."""
    step = told.get("price_step")
    if step is not None and step not in (1, 2, 3):
        raise ValueError("price_step is neither 1, 2, 3 nor null")
    last, due = told.get("last_bill"), told.get("due_on")
    return Account(
        number=number,
        district=str(told.get("district") or ""),
        balance=fen(str(told["balance"])),
        last_bill=None if last is None else fen(str(last)),
        due_on=None if due is None else date.fromisoformat(due),
        price_step=step,
    )


def fen(yuan: str) -> int:
    """Yuan as written, such as -12.5, in fen. Raises ValueError for anything else, or for parts of a fen."""
    if not re.fullmatch(r"-?[0-9]{1,10}(\.[0-9]{1,2}0*)?", yuan):
        raise ValueError("an amount is not written in yuan with two places")
    return int(Decimal(yuan) * 100)
