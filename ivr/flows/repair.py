"""The repair flow: what is said, in the order it is said."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome


async def repair(call: Call, desk: Desk) -> Outcome:
    """Take a fault report in the caller's own words, give it a number, say what happens next."""
    script = desk.script("repair")
    await call.record_message(script.describe, flow="repair", limit=script.limit)
    number = await desk.open_case(call, "repair")
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.REPORTED
