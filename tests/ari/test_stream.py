"""The event stream: what the controller sees when the socket behaves, and when it does not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from ivr.ari.backoff import Backoff
from ivr.ari.errors import Malformed, Replaced, Unauthorised, Unavailable
from ivr.ari.events import ChannelDtmfReceived, Event, StasisStart, Unknown
from ivr.ari.stream import HEARTBEAT, EventStream, Heartbeat
from tests.ari.scripted import APP, PASSWORD, USER, ScriptedAri, event, key, until

AT_ONCE = Backoff(first=0.0)


class Listener:
    """A controller that only notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.lost: list[str] = []
        self.adopting: Callable[[], Awaitable[None]] | None = None

    def handle(self, told: Event) -> None:
        match told:
            case ChannelDtmfReceived():
                self.heard.append(told.digit)
            case Unknown():
                self.heard.append(told.type)
            case _:
                self.heard.append(type(told).__name__)

    async def connected(self) -> None:
        self.heard.append("connected")
        if self.adopting:
            await self.adopting()

    def stream(
        self,
        ari: ScriptedAri,
        password: str = PASSWORD,
        *,
        backoff: Backoff = AT_ONCE,
        heartbeat: Heartbeat = HEARTBEAT,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        elapsed: Callable[[], float] = lambda: 0.0,
    ) -> EventStream:
        return EventStream(
            ari.url,
            USER,
            password,
            APP,
            handle=self.handle,
            on_connected=self.connected,
            on_lost=self.lost.append,
            backoff=backoff,
            heartbeat=heartbeat,
            sleep=sleep,
            elapsed=elapsed,
        )


@pytest.fixture
async def ari() -> AsyncIterator[ScriptedAri]:
    async with ScriptedAri() as server:
        yield server


@pytest.fixture
def listener() -> Listener:
    return Listener()


@asynccontextmanager
async def running(stream: EventStream) -> AsyncIterator[asyncio.Task[None]]:
    task: asyncio.Task[None] = asyncio.create_task(stream.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_events_come_in_the_order_in_which_asterisk_tells_them(ari: ScriptedAri, listener: Listener) -> None:
    async with running(listener.stream(ari)):
        await ari.opened()
        await ari.tell(event("StasisStart", args=[]), *(key(digit) for digit in "1029384756"), event("StasisEnd"))
        await until(lambda: "StasisEnd" in listener.heard)
    assert listener.heard == ["connected", "StasisStart", *"1029384756", "StasisEnd"]


async def test_it_asks_for_our_application_only_and_keeps_the_password_out_of_the_address(
    ari: ScriptedAri, listener: Listener
) -> None:
    async with running(listener.stream(ari)):
        await ari.opened()
    assert ari.attempts == ["/ari/events?app=lianxin&subscribeAll=false"]


@pytest.mark.parametrize("how", ["drop", "close"])
async def test_a_lost_socket_is_opened_again_and_the_books_are_checked_first(
    ari: ScriptedAri, listener: Listener, how: str
) -> None:
    async with running(listener.stream(ari)):
        await ari.opened()
        await ari.tell(key("1"))
        await until(lambda: "1" in listener.heard)
        ari.at_opening = [key("2")]
        ari.drop() if how == "drop" else await ari.close()
        await until(lambda: "2" in listener.heard)
    assert listener.heard == ["connected", "1", "connected", "2"]
    assert len(listener.lost) == 1
    assert ari.url in listener.lost[0]


async def test_a_burst_of_four_megabytes_during_adoption_loses_nothing(ari: ScriptedAri, listener: Listener) -> None:
    adopted = asyncio.Event()
    listener.adopting = adopted.wait  # type: ignore[assignment]
    burst = [event("ChannelVarset", value="x" * 4000, variable=str(number)) for number in range(1000)]
    numbers: list[str] = []
    async with running(listener.stream(ari)):
        await ari.opened()
        # Ends only if the whole burst is taken off the socket while the controller still looks at its books.
        async with asyncio.timeout(5):
            await ari.tell(*burst, *(key(str(number)) for number in range(50)))
        numbers += listener.heard
        adopted.set()
        await until(lambda: "49" in listener.heard)
    assert numbers == ["connected"]
    assert listener.heard == ["connected", *["ChannelVarset"] * 1000, *map(str, range(50))]


async def test_a_socket_that_fell_silent_is_noticed_and_replaced(ari: ScriptedAri, listener: Listener) -> None:
    quick = Heartbeat(every=0.4, close=0.1)
    async with running(listener.stream(ari, heartbeat=quick)):
        await ari.opened()
        ari.fall_silent()
        await ari.opened(times=2)
        await ari.tell(key("1"))
        await until(lambda: "1" in listener.heard)
    assert listener.heard == ["connected", "connected", "1"]
    assert len(listener.lost) == 1


def test_by_default_a_silent_socket_is_noticed_within_ten_seconds() -> None:
    assert HEARTBEAT.every * 1.5 + HEARTBEAT.close < 10


async def test_a_wrong_password_ends_it_at_once_and_names_user_and_secrets(
    ari: ScriptedAri, listener: Listener
) -> None:
    with pytest.raises(Unauthorised, match=r"user 'lianxin' \(401\).*var/secrets"):
        await asyncio.wait_for(listener.stream(ari, "wrong").run(), 5)
    assert len(ari.attempts) == 1
    assert listener.heard == []


async def test_a_newer_controller_ends_it_after_the_last_event_and_is_not_fought(
    ari: ScriptedAri, listener: Listener
) -> None:
    ari.at_opening = [key("1"), {"type": "ApplicationReplaced", "application": APP}]
    with pytest.raises(Replaced, match="application 'lianxin'"):
        await asyncio.wait_for(listener.stream(ari).run(), 5)
    assert listener.heard == ["connected", "1"]
    assert len(ari.attempts) == 1
    assert listener.lost == []


async def test_what_cannot_be_read_is_left_out_and_the_next_event_still_comes(
    ari: ScriptedAri, listener: Listener
) -> None:
    async with running(listener.stream(ari)):
        await ari.opened()
        await ari.say("", "not JSON", "[1]", "null", "[" * 100_000, b"\xff\xfe", '{"type": 7}', '{"kind": "x"}')
        await ari.tell(
            {"type": "StasisStart", "timestamp": "2026-11-21T20:35:10.123+0000"},
            event("ChannelDtmfReceived"),
            event("StasisEnd", channel=""),
            event("ChannelTalkingFinished", duration="long", colour={"new": ["in", 23]}),
        )
        await until(lambda: "ChannelTalkingFinished" in listener.heard)
    assert listener.heard == ["connected", "ChannelTalkingFinished"]
    assert len(ari.sockets) == 1


async def test_pauses_grow_up_to_one_and_a_half_seconds_while_asterisk_is_away(
    ari: ScriptedAri, listener: Listener
) -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    ari.statuses.extend([503, 404, 500, 503, 503, 503, 503])
    async with running(listener.stream(ari, backoff=Backoff(chance=lambda: 1.0), sleep=sleep)):
        await ari.opened()
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.5, 1.5, 1.5]
    assert listener.lost == []


async def test_a_socket_that_opens_and_drops_at_once_is_not_opened_in_a_frenzy(
    ari: ScriptedAri, listener: Listener
) -> None:
    pauses: list[float] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async with running(listener.stream(ari, backoff=Backoff(chance=lambda: 1.0), sleep=sleep, elapsed=lambda: now)):
        for times in (1, 2, 3):
            await ari.opened(times)
            ari.drop()
        await ari.opened(4)
        await until(lambda: listener.heard == ["connected"] * 4)
        now = 60.0  # this one has lived
        ari.drop()
        await ari.opened(5)
    assert pauses == [0.1, 0.2, 0.4, 0.1]
    assert len(listener.lost) == 4


async def test_nobody_listening_is_tried_again_until_somebody_does(listener: Listener) -> None:
    ari = ScriptedAri()
    async with ari:
        pass  # now its port is known, and closed
    tried = 0

    async def sleep(_: float) -> None:
        nonlocal tried
        tried += 1
        await asyncio.sleep(0)

    async with running(listener.stream(ari, sleep=sleep)):
        await until(lambda: tried >= 3)
        async with ari:
            await until(lambda: listener.heard == ["connected"])


async def test_adoption_that_loses_asterisk_is_done_again(ari: ScriptedAri, listener: Listener) -> None:
    async def fails_once() -> None:
        if len(ari.sockets) == 1:
            raise Unavailable("Asterisk went away again")

    listener.adopting = fails_once
    ari.at_opening = [event("StasisStart", args=[])]
    async with running(listener.stream(ari)):
        await until(lambda: "StasisStart" in listener.heard)
    assert listener.heard == ["connected", "connected", "StasisStart"]
    assert listener.lost == ["Asterisk went away again"]


async def test_a_fault_in_adoption_is_not_hidden(ari: ScriptedAri, listener: Listener) -> None:
    async def breaks() -> None:
        raise Malformed("a channel without its id")

    listener.adopting = breaks
    with pytest.raises(Malformed):
        await asyncio.wait_for(listener.stream(ari).run(), 5)


async def test_after_stopping_neither_task_nor_socket_is_left(ari: ScriptedAri, listener: Listener) -> None:
    before = asyncio.all_tasks()
    async with running(listener.stream(ari)):
        await ari.opened()
    await asyncio.wait_for(ari.sockets[0].wait_closed(), 5)
    await until(lambda: asyncio.all_tasks() <= before)
    assert ari.sockets[0].close_code == 1000


async def test_a_missing_time_stamp_does_not_cost_a_caller(ari: ScriptedAri) -> None:
    heard: list[Event] = []
    stream = EventStream(ari.url, USER, PASSWORD, APP, handle=heard.append)
    ari.at_opening = [event("StasisStart", timestamp="soon")]
    async with running(stream):
        await until(lambda: heard)
    assert isinstance(heard[0], StasisStart)
    assert heard[0].at.tzinfo is not None
