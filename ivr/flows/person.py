"""The way to a person: for now a voicemail and the promise of a call back."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome


async def person(call: Call, desk: Desk) -> Outcome:
    """Take a voicemail for a person, give it a number, promise to call back."""
    script = desk.script("person")
    await call.record_message(script.describe, flow="person", limit=script.limit)
    number = await desk.open_case(call, "person")
    await call.tell("case.number", number=number, whole=True)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.MESSAGE_LEFT
