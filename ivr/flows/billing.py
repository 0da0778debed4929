"""The billing flow: what is said, in the order it is said."""

from datetime import datetime
from decimal import Decimal

import structlog

from ivr.call import Call
from ivr.errors import AccountsAway
from ivr.flows.desk import Desk
from ivr.flows.number import ask_number
from ivr.flows.outcome import Outcome
from ivr.prompts.spoken import Count, Digits, Moment, Money, Spoken
from orders.customers import Account

TRIES = 3
"""How often a customer number is asked for."""

log = structlog.get_logger()


async def billing(call: Call, desk: Desk) -> Outcome:
    """Ask for the customer number, say what the bill says; whoever wants more, or has no number, leaves a message."""
    try:
        account = await _account(call, desk)
    except AccountsAway as error:
        log.warning("accounts-away", why=str(error))
        await call.tell("billing.unavailable")
        account = None
    if account is not None:
        bill = what_the_bill_says(account, desk.now)
        await call.tell(bill)
        while (wish := await call.ask("billing.more", {"1": "message", "9": "again", "#": "done"})) == "again":
            await call.tell(bill)
        if wish != "message":
            await call.tell("goodbye")
            return Outcome.INFORMED
    else:
        await call.tell("billing.to-message")
    script = desk.script("billing")
    await call.record_message(script.describe, flow="billing", limit=script.limit)
    number = await desk.open_case(call, "billing", customer_number=account.number if account else "")
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.ASKED


async def _account(call: Call, desk: Desk) -> Account | None:
    """The account of a number that was read back and confirmed; None after three tries, or for who has no number."""
    for attempt in range(TRIES):
        prompt = "billing.number" if attempt == 0 else "billing.number-again"
        number = await ask_number(call, desk, prompt, longest=desk.number_length)
        if number is None:
            return None
        read_back = "dictate.heard" if number.said else "billing.read-back"
        if not number.digits:
            await call.tell("dictate.unclear")
        elif len(number.digits) != desk.number_length:
            await call.tell("billing.wrong-length")
        elif await call.confirm([read_back, Digits(number.digits), "billing.is-it-right"]):
            if account := await desk.account(number.digits):
                return account
            await call.tell("billing.unknown")
    return None


def what_the_bill_says(account: Account, now: datetime) -> list[str | Spoken]:
    """The prompts that tell of an account: balance, last bill, due date, price step. No name and no address."""
    ids: list[str | Spoken] = ["billing.owed" if account.balance < 0 else "billing.balance", _money(account.balance)]
    if account.last_bill is not None:
        ids += ["billing.last", _money(account.last_bill)]
    if account.due_on is not None:
        due = datetime(account.due_on.year, account.due_on.month, account.due_on.day, tzinfo=now.tzinfo)
        ids += ["billing.due", Moment(due, now, day_only=True), "billing.due-end"]
    if account.price_step is not None:
        ids += ["billing.step", Count(account.price_step), "billing.step-end"]
    return ids


def _money(fen: int) -> Money:
    """An amount without its sign; whether it is owed is said before it."""
    return Money(Decimal(abs(fen)) / 100)
