"""The flow of complaints and suggestions: what is said, in the order it is said."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome
from ivr.prompts.spoken import Moment


async def complaint(call: Call, desk: Desk) -> Outcome:
    """Hear a complaint or suggestion in full, give it a number, say by when we call back."""
    script = desk.script("complaint")
    await call.record_message(script.describe, flow="complaint", limit=script.limit)
    number, by = await desk.open_complaint(call)
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(script.next)
    await call.tell(["progress.contact", Moment(by, desk.now), "progress.contact-end"])
    await call.tell("goodbye")
    return Outcome.COMPLAINED
