"""Two lines at once: whatever happens on either is noticed, and who left is told apart."""

import asyncio
from contextlib import suppress

from ivr.ari.events import Event
from ivr.errors import AgentLeft, HungUp
from ivr.line import Line


async def watch(caller: Line, agent: Line, limit: float) -> tuple[Event | None, Event | None]:
    """Wait until something happens on either line, for at most `limit` seconds; what happened on each.

    Raises HungUp once the caller has left, and AgentLeft once the agent has.
    """
    tasks = [asyncio.create_task(line.next_event(limit)) for line in (caller, agent)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()  # one that is done already keeps its result: no event is lost
        for task in tasks:
            with suppress(asyncio.CancelledError, Exception):
                await task
    happened = [_result(task) for task in tasks]
    if isinstance(happened[0], Exception):
        raise happened[0]
    if isinstance(happened[1], HungUp):
        raise AgentLeft
    if isinstance(happened[1], Exception):
        raise happened[1]
    return happened[0], happened[1]


def _result(task: asyncio.Task[Event | None]) -> Event | Exception | None:
    if task.cancelled():
        return None
    error = task.exception()
    if error is None:
        return task.result()
    if isinstance(error, Exception):
        return error
    raise error
