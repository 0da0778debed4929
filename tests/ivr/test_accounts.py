"""Bills from a back end of the utility's own: what it says, and what callers hear when it says nothing useful."""

import json
from datetime import date

import httpx
import pytest

from ivr.accounts import HttpAccounts, fen
from ivr.errors import AccountsAway

GOOD = {"balance": "-12.05", "last_bill": 88.3, "due_on": "2031-03-21", "price_step": 2, "name": "张三"}


def accounts(answer, limit=1.0):
    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return HttpAccounts(client, "http://bills.test/accounts/{number}", limit)


async def test_an_account_is_read_and_its_number_stands_in_the_address():
    asked = []

    def answer(request):
        asked.append(request.url.path)
        return httpx.Response(200, json=GOOD)

    found = await accounts(answer).find("3300000012")
    assert asked == ["/accounts/3300000012"]
    assert (found.balance, found.last_bill, found.due_on, found.price_step) == (-1205, 8830, date(2031, 3, 21), 2)
    assert "张三" not in repr(found)


async def test_an_unknown_number_is_no_fault():
    assert await accounts(lambda request: httpx.Response(404)).find("1") is None


@pytest.mark.parametrize(
    "told",
    [
        b"<html>", b"[]", b"null", json.dumps({}).encode(), json.dumps(GOOD | {"balance": "much"}).encode(),
        json.dumps(GOOD | {"due_on": "soon"}).encode(), json.dumps(GOOD | {"price_step": 7}).encode(),
        json.dumps(GOOD | {"balance": None}).encode(), json.dumps(GOOD | {"due_on": 5}).encode(),
    ],
)  # fmt: skip
async def test_an_answer_that_is_none_counts_as_away(told):
    with pytest.raises(AccountsAway):
        await accounts(lambda request: httpx.Response(200, content=told)).find("3300000012")


@pytest.mark.parametrize("status", [301, 401, 500, 503])
async def test_a_refusal_counts_as_away_and_the_number_stays_out_of_the_log(status):
    with pytest.raises(AccountsAway) as away:
        await accounts(lambda request: httpx.Response(status)).find("3300000012")
    assert "3300000012" not in str(away.value)


async def test_a_slow_or_absent_back_end_counts_as_away():
    import asyncio

    async def sleeps(request):
        await asyncio.sleep(60)
        return httpx.Response(200)

    with pytest.raises(AccountsAway, match="TimeoutError"):
        await accounts(sleeps, limit=0.05).find("1")
    gone = HttpAccounts(httpx.AsyncClient(), "http://127.0.0.1:9/{number}", 1.0)
    with pytest.raises(AccountsAway):
        await gone.find("1")


@pytest.mark.parametrize(("yuan", "is_fen"), [("0", 0), ("-12.5", -1250), ("88.30", 8830), ("1.100", 110)])
def test_yuan_become_fen(yuan, is_fen):
    assert fen(yuan) == is_fen


@pytest.mark.parametrize("yuan", ["", "1.234", "nan", "1e3", "１２", "12元"])
def test_what_is_no_amount_is_refused(yuan):
    with pytest.raises(ValueError, match="yuan"):
        fen(yuan)
