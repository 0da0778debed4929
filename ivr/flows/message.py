"""A branch of the menu file's own that takes a message."""

from ivr.call import Call
from ivr.flows.desk import Desk
from ivr.flows.outcome import Outcome


async def message(call: Call, desk: Desk, branch: str) -> Outcome:
    """Take a message, open a case under the branch's own name, give the number, say what happens next."""
    script = desk.script(branch)
    await call.record_message(script.describe, flow=branch, limit=script.limit)
    number = await desk.open_case(call, branch)
    await call.tell("case.number", number=number, whole=True)
    await call.tell("case.repeat", number=number)
    await call.tell(script.next)
    await call.tell("goodbye")
    return Outcome.MESSAGE_LEFT
