"""The way to a person: an agent, or a voicemail and the promise of a call back."""

from ivr.agents.talk import Left
from ivr.call import Call
from ivr.errors import HungUp
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome
from ivr.flows.survey import survey


async def person(call: Call, desk: Desk) -> Outcome:
    """Put the caller through to an agent and ask how it was; when nobody can come, take a message."""
    if await desk.agents_on_duty():
        await call.tell("queue.welcome")
        who_left = await desk.put_through(call)
        if who_left is not None:
            return await after_talking(call, desk, who_left)
    return await leave_message(call, desk)


async def after_talking(call: Call, desk: Desk, who_left: Left) -> Outcome:
    """Ask how it was, unless the caller has gone; one who goes now was served all the same."""
    try:
        if who_left is Left.AGENT:
            await survey(call, desk)
            await call.tell("goodbye")
    except HungUp:
        pass
    return Outcome.SPOKEN


async def leave_message(call: Call, desk: Desk) -> Outcome:
    """Take a voicemail for a person, give it a number, promise to call back."""
    script = desk.script("person")
    await call.record_message(script.describe, flow="person", limit=script.limit)
    number = await desk.open_case(call, "person")
    await call.tell("case.number", number=number, whole=True)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.MESSAGE_LEFT
