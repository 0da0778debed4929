"""One listener in a process of its own (`python -m lianxin.bench.listening WHO PORT …`): prints what it measured."""

import asyncio
import json
import sys
import time
from typing import Any

from ivr.ari.client import AriClient
from ivr.ari.events import Event
from ivr.ari.router import Router
from ivr.ari.stream import EventStream
from lianxin.bench.stub import CALLS, a_call, channel_of

KINDS = [event["type"] for event in a_call(0)]
BLOCKED = 0
"""The call whose flow takes nothing for a while."""


class Count:
    """Counts events, and the seconds of CPU time from the first to the last."""

    def __init__(self, number: int) -> None:
        self.done = asyncio.Event()
        self._left, self._begun = number, 0.0
        self.seconds = 0.0

    def one(self) -> None:
        """One event was handled."""
        self._begun = self._begun or time.process_time()
        self._left -= 1
        if not self._left:
            self.seconds = time.process_time() - self._begun
            self.done.set()


async def ours(port: int, number: int) -> float:
    """Events a second of our own client: stream, router, a mailbox and a task for each call."""
    count, router = Count(number), Router(limit=number + 1)
    flows = []
    for call in range(CALLS):
        mailbox = router.open(f"call-{call}")
        router.bind(channel_of(call), mailbox)

        async def flow(box: Any = mailbox) -> None:
            while True:
                await box.next(None)
                count.one()

        flows.append(asyncio.create_task(flow()))

    def put(event: Event) -> None:
        router.dispatch(event)

    async with AriClient(f"http://127.0.0.1:{port}", "bench", "bench", f"burst-{number}") as ari:
        stream = asyncio.create_task(ari.events(put).run())
        await count.done.wait()
    for task in (stream, *flows):
        task.cancel()
    return number / count.seconds


async def theirs(port: int, number: int) -> float:
    """Events a second of ari-client, with a handler for every type that comes."""
    from ari_client import AriClient as TheirClient

    count = Count(number)

    async def handle(event: Any) -> None:
        count.one()

    client: Any = TheirClient("127.0.0.1", port, "bench", "bench")
    for kind in KINDS:
        client.on_event(kind)(handle)
    await client.connect(f"burst-{number}")
    await count.done.wait()
    await client.disconnect()
    return number / count.seconds


class Stamped(EventStream):
    """Our stream, which also remembers when each event was sent."""

    sent = 0.0

    def _take(self, text: str | bytes) -> None:
        self.sent = float(str(text).rpartition('"sent": ')[2].rstrip("}"))
        super()._take(text)


async def delays(port: int, rate: int, seconds: int, blocked: float) -> list[float]:
    """Milliseconds from sending to its flow for the events of all calls but one, whose flow blocks for `blocked` s."""
    router, gone, waits = Router(limit=rate * seconds + 1), asyncio.Event(), list[float]()
    left = rate * seconds
    moments: dict[int, float] = {}

    def handle(event: Event) -> None:
        nonlocal left
        moments[id(event)] = stream.sent
        router.dispatch(event)
        left -= 1
        if not left:
            gone.set()

    flows = []
    for call in range(CALLS):
        mailbox = router.open(f"call-{call}")
        router.bind(channel_of(call), mailbox)

        async def flow(call: int = call, box: Any = mailbox) -> None:
            while True:
                event = await box.next(None)
                sent = moments.pop(id(event))
                if call != BLOCKED:
                    waits.append((time.monotonic() - sent) * 1000)
                elif blocked:
                    await asyncio.sleep(blocked)

        flows.append(asyncio.create_task(flow()))
    stream = Stamped(f"http://127.0.0.1:{port}", "bench", "bench", f"paced-{rate}-{seconds}", handle=handle)
    reading = asyncio.create_task(stream.run())
    await gone.wait()
    await asyncio.sleep(0.1)
    for task in (reading, *flows):
        task.cancel()
    return waits


def measure(who: str, port: int, *numbers: str) -> Any:
    """What `python -m lianxin.bench.listening` was asked for."""
    match who:
        case "ours":
            return asyncio.run(ours(port, int(numbers[0])))
        case "ari-client":
            return asyncio.run(theirs(port, int(numbers[0])))
    return asyncio.run(delays(port, int(numbers[0]), int(numbers[1]), float(numbers[2])))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])))
