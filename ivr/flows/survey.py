"""The question after a talk with an agent."""

from ivr.call import Call
from ivr.flows.desk import Desk

SCORES = {"1": "1", "2": "2", "3": "3"}
"""1 satisfied, 2 so-so, 3 not satisfied."""


async def survey(call: Call, desk: Desk) -> None:
    """Ask whether the caller is satisfied; who is not gets a case of their own that somebody follows up."""
    score = await call.choose_once("survey.ask", SCORES)
    if score is None:
        return
    await desk.keep_score(call, int(score))
    await call.tell("survey.sorry" if score == "3" else "survey.thanks")
