"""The billing flow: what is said, in the order it is said."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome


async def billing(call: Call, desk: Desk) -> Outcome:
    """Take a question about the bill, give it a number, say when we call back."""
    script = desk.script("billing")
    await call.record_message(script.describe, flow="billing", limit=script.limit)
    number = await desk.open_case(call, "billing")
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.ASKED
