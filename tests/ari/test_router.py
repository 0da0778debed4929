"""The router: every call gets its own events, in order, whatever the other calls do."""

import asyncio
from datetime import UTC, datetime

import pytest

from ivr.ari.errors import MailboxClosed, Overflow
from ivr.ari.events import ChannelDestroyed, Event, PlaybackFinished, Unknown
from ivr.ari.model import Playback
from ivr.ari.router import Router

NOW = datetime(2026, 11, 21, 20, 35, tzinfo=UTC)


def about(*subjects: str, kind: str = "Something") -> Event:
    return Unknown(at=NOW, subjects=subjects, type=kind)


async def test_each_call_gets_its_own_events_in_order() -> None:
    router = Router()
    first, second = router.open("first"), router.open("second")
    router.bind("a", first)
    router.bind("b", second)
    for number in range(5):
        assert router.dispatch(about("a", kind=f"a{number}"))
        assert router.dispatch(about("b", kind=f"b{number}"))
    assert [(await first.next(0)).type for _ in range(5)] == [f"a{number}" for number in range(5)]  # type: ignore[union-attr]
    assert [(await second.next(0)).type for _ in range(5)] == [f"b{number}" for number in range(5)]  # type: ignore[union-attr]
    assert await first.next(0) is None


async def test_what_nobody_waits_for_is_left_to_the_controller() -> None:
    router = Router()
    mailbox = router.open("call")
    router.bind("a", mailbox)
    assert not router.dispatch(about("stranger"))
    assert not router.dispatch(about())
    assert await mailbox.next(0) is None


async def test_an_event_about_two_things_of_one_call_comes_once_and_of_two_calls_to_both() -> None:
    router = Router()
    caller, agent = router.open("caller"), router.open("agent")
    router.bind("caller-channel", caller)
    router.bind("prompt", caller)
    router.bind("agent-channel", agent)
    end = PlaybackFinished(at=NOW, subjects=("prompt", "caller-channel"), playback=Playback(id="prompt", state="done"))
    router.dispatch(end)
    assert await caller.next(0) is end
    assert await caller.next(0) is None
    router.dispatch(about("caller-channel", "agent-channel"))
    assert await caller.next(0) == await agent.next(0) == about("caller-channel", "agent-channel")


async def test_a_slow_call_delays_no_other() -> None:
    router = Router(limit=10)
    slow, quick = router.open("slow"), router.open("quick")
    router.bind("s", slow)
    router.bind("q", quick)
    for _ in range(1000):
        router.dispatch(about("s"))
        router.dispatch(about("q"))
        assert await quick.next(0) == about("q")
    with pytest.raises(Overflow, match="call slow fell 10 events behind"):
        await slow.next(None)
    with pytest.raises(Overflow):
        await slow.next(0)


async def test_a_waiting_call_hears_at_once_and_waits_no_longer_than_it_said() -> None:
    router = Router()
    mailbox = router.open("call")
    router.bind("a", mailbox)
    waiting = asyncio.create_task(mailbox.next(None))
    await asyncio.sleep(0)
    router.dispatch(about("a"))
    assert await asyncio.wait_for(waiting, 1) == about("a")
    start = asyncio.get_running_loop().time()
    assert await mailbox.next(0.05) is None
    assert 0.04 < asyncio.get_running_loop().time() - start < 1


async def test_a_cancelled_wait_loses_no_event() -> None:
    router = Router()
    mailbox = router.open("call")
    router.bind("a", mailbox)
    waiting = asyncio.create_task(mailbox.next(None))
    await asyncio.sleep(0)
    router.dispatch(about("a", kind="first"))
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    router.dispatch(about("a", kind="second"))
    assert await mailbox.next(1) == about("a", kind="first")
    assert await mailbox.next(1) == about("a", kind="second")


async def test_a_closed_mailbox_gives_what_it_has_and_then_ends_the_reader() -> None:
    router = Router()
    mailbox, other = router.open("call"), router.open("other")
    for subject in ("channel", "snoop", "recording"):
        router.bind(subject, mailbox)
    router.bind("snoop", other)
    router.dispatch(about("channel"))
    router.close(mailbox)
    assert not router.dispatch(about("channel"))
    assert router.dispatch(about("snoop"))
    assert await mailbox.next(0) == about("channel")
    with pytest.raises(MailboxClosed, match="call call"):
        await mailbox.next(None)


async def test_closing_wakes_the_reader() -> None:
    router = Router()
    mailbox = router.open("call")
    waiting = asyncio.create_task(mailbox.next(None))
    await asyncio.sleep(0)
    router.close(mailbox)
    with pytest.raises(MailboxClosed):
        await asyncio.wait_for(waiting, 1)


async def test_what_is_unbound_comes_no_more() -> None:
    router = Router()
    mailbox = router.open("call")
    router.bind("a", mailbox)
    router.unbind("a")
    router.unbind("a")
    assert not router.dispatch(about("a"))


async def test_a_call_whose_channel_vanished_in_a_gap_is_told_so() -> None:
    router = Router(clock=lambda: NOW)
    mailbox = router.open("call")
    router.bind("gone", mailbox)
    assert router.hang_up("gone")
    told = await mailbox.next(0)
    assert isinstance(told, ChannelDestroyed)
    assert (told.at, told.subjects, told.channel.id) == (NOW, ("gone",), "gone")
    assert not router.hang_up("never-seen")
