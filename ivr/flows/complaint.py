"""The complaint flow: what is said, in the order it is said."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome


async def complaint(call: Call, desk: Desk) -> Outcome:
    """Hear a complaint in full, give it a number, say when we call back."""
    script = desk.script("complaint")
    await call.record_message(script.describe, flow="complaint", limit=script.limit)
    number = await desk.open_case(call, "complaint")
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.COMPLAINED
