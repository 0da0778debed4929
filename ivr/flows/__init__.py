"""The flows, by the names that the menu file uses. Each is one `async` function that reads like the call."""

from collections.abc import Awaitable, Callable, Mapping

from ivr.call import Call
from ivr.flows.billing import billing
from ivr.flows.complaint import complaint
from ivr.flows.desk import Desk
from ivr.flows.outages import outages
from ivr.flows.outcome import Outcome
from ivr.flows.person import person
from ivr.flows.progress import progress
from ivr.flows.repair import repair

Flow = Callable[[Call, Desk], Awaitable[Outcome]]

FLOWS: Mapping[str, Flow] = {
    "repair": repair,
    "billing": billing,
    "complaint": complaint,
    "progress": progress,
    "outages": outages,
    "person": person,
}

ANSWERS = frozenset({"progress", "outages"})
"""Flows that only answer: they take no message, and the menu file has nothing to say about them."""
