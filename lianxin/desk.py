"""The desk that flows turn to, built from the settings."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import httpx

from ivr.accounts import Accounts, HttpAccounts, ImportedAccounts
from ivr.agents.switchboard import Switchboard
from ivr.books import Books
from ivr.flows.desk import Desk
from ivr.menu_book import Script
from lianxin.errors import SettingsInvalid
from lianxin.places import CONFIG
from lianxin.settings import Settings
from orders.commitments import Area, Commitments, load_commitments


def commitments_of(settings: Settings) -> Commitments:
    """The profile of the settings. Raises CommitmentsInvalid."""
    return load_commitments(settings.orders.commitments, CONFIG / "commitments")


def make_desk(settings: Settings, books: Books, scripts: Mapping[str, Script], switchboard: Switchboard) -> Desk:
    """Raises CommitmentsInvalid, and SettingsInvalid for a token file that cannot be read."""
    return Desk(
        books,
        scripts,
        switchboard,
        accounts=make_accounts(settings, books),
        commitments=commitments_of(settings),
        zone=ZoneInfo(settings.timezone),
        usual_area=Area(settings.orders.area),
        number_length=settings.orders.customer_number_length,
    )


def make_accounts(settings: Settings, books: Books) -> Accounts:
    """Where bills are looked up. Raises SettingsInvalid."""
    orders = settings.orders
    if not orders.accounts_url:
        return ImportedAccounts(books)
    headers = {}
    if orders.accounts_token is not None:
        try:
            headers["Authorization"] = f"Bearer {orders.accounts_token.expanduser().read_text('utf-8').strip()}"
        except (OSError, UnicodeDecodeError):
            raise SettingsInvalid(f"orders.accounts_token: {orders.accounts_token} cannot be read; mend that") from None
    return HttpAccounts(httpx.AsyncClient(headers=headers), orders.accounts_url, orders.accounts_limit)
