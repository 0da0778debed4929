"""The progress flow: how far a case has come."""

from ivr.call import Call
from ivr.errors import AsksForPerson
from ivr.flows.desk import Desk
from ivr.flows.number import ask_number
from ivr.flows.outcome import Outcome
from ivr.prompts.spoken import Digits, Moment, Spoken
from orders.cases import Standing
from orders.commitments import Promised
from orders.states import UNDER_WAY, CaseState

TRIES = 3
"""How often a case number is asked for."""
LONGEST = 10
"""Digits of the longest case number there can be."""
SAID = {
    CaseState.OPEN: "progress.open",
    CaseState.DISPATCHED: "progress.dispatched",
    CaseState.ARRIVED: "progress.arrived",
    CaseState.RESTORED: "progress.restored",
    CaseState.DONE: "progress.done",
    CaseState.CLOSED: "progress.closed",
}


async def progress(call: Call, desk: Desk) -> Outcome:
    """Tell how far the caller's newest case has come, or that of a number; who has neither gets to a person."""
    case = await desk.case_of(call) or await _asked_for(call, desk)
    recognised: list[str | Spoken] = ["progress.recognised", Digits(str(case.number))]
    while True:
        await call.tell([*recognised, *how_far(case, desk)])
        if case.late(desk.now):
            await desk.note(call, "chased")
        wish = await call.ask("progress.after", {"1": "another", "9": "again", "#": "done"})
        if wish == "another":
            case, recognised = await _asked_for(call, desk), []
        elif wish != "again":
            await call.tell("goodbye")
            return Outcome.INFORMED


async def _asked_for(call: Call, desk: Desk) -> Standing:
    """The case of a number that the caller keys in. Raises AsksForPerson after three tries."""
    for attempt in range(TRIES):
        prompt = "progress.number" if attempt == 0 else "progress.number-again"
        number = await ask_number(call, desk, prompt, longest=LONGEST)
        if number is None:
            continue
        if not number.digits:
            await call.tell("dictate.unclear")
        elif number.said and not await call.confirm(["dictate.heard", Digits(number.digits), "billing.is-it-right"]):
            continue
        elif len(number.digits) <= LONGEST and (case := await desk.case(int(number.digits))):
            return case
        else:
            await call.tell("progress.unknown")
    await call.tell("progress.hand-over")
    raise AsksForPerson


def how_far(case: Standing, desk: Desk) -> list[str | Spoken]:
    """The prompts that tell where a case stands, and what was promised while that is still to come."""
    ids: list[str | Spoken] = [SAID[case.state]]
    if case.promised_at is None or case.state not in UNDER_WAY:
        return ids
    if case.late(desk.now):
        return [*ids, "progress.late"]
    by = Moment(desk.local(case.promised_at), desk.now)
    if case.promised is Promised.ARRIVAL:
        return [*ids, "progress.arrival", by, "progress.arrival-end"]
    return [*ids, "progress.contact", by, "progress.contact-end"]
