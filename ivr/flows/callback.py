"""The callback: what is said to a resident whom we called, in the order it is said."""

from typing import Protocol

from ivr.call import Call
from ivr.errors import AsksForPerson
from ivr.flows.outcome import Outcome

LIMIT = 90.0
"""Seconds that a resident may tell what is still wrong."""


class CallbackDesk(Protocol):
    """What the conversation needs of the house."""

    @property
    def case_number(self) -> int:
        """What it is about."""
        ...

    async def note(self, answer: str) -> None:
        """Write down what the resident said: solved | not-solved | person | silent."""
        ...


async def callback(call: Call, desk: CallbackDesk) -> Outcome:
    """Say what the call is about, ask whether it is solved, and do what follows. Raises AsksForPerson and GoesBack."""
    await call.tell("callback.about", number=desk.case_number)
    answer = await call.choose("callback.solved", {"1": "solved", "2": "not-solved", "0": "person"})
    if answer == "person":
        raise AsksForPerson
    await desk.note(answer or "silent")
    if answer is None:
        await call.tell("callback.silent")
        return Outcome.SILENT
    if answer == "solved":
        await call.tell("callback.thanks")
        return Outcome.SOLVED
    await call.record_message("callback.describe", flow="callback", limit=LIMIT)
    await call.tell("callback.reopened")
    await call.tell("goodbye")
    return Outcome.NOT_SOLVED
