"""The desk that flows turn to, built from the settings."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import httpx

from asr.errors import AsrError
from asr.models import resolve_model
from ivr.accounts import Accounts, HttpAccounts, ImportedAccounts
from ivr.agents.switchboard import Switchboard
from ivr.books import Books
from ivr.flows.desk import Desk
from ivr.menu_book import Script
from ivr.number_ear import NoEar, NumberEar
from lianxin.asterisk.layout import Layout
from lianxin.compose import var_of
from lianxin.errors import SettingsInvalid
from lianxin.number_ear import ModelEar
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
        ear=make_ear(settings),
        commitments=commitments_of(settings),
        zone=ZoneInfo(settings.timezone),
        usual_area=Area(settings.orders.area),
        number_length=settings.orders.customer_number_length,
    )


def make_ear(settings: Settings) -> NumberEar:
    """Who hears numbers that are said: the model that hears recordings, where it takes a grammar."""
    layout = Layout(var_of(settings))
    try:
        ear = ModelEar(resolve_model(settings.asr.model, var_of(settings) / "models"), layout.recordings)
    except AsrError:  # `doctor` and the worker say so; telephones go on with keys
        return NoEar()
    return ear if settings.ivr.spoken_numbers else NoEar()


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
