"""Two phones that call each other: what one does, the other notices."""

import socket
import time
from pathlib import Path

import pytest

from ivr.prompts.catalogue import Catalogue
from lianxin.softphone.errors import PhoneProblem
from tests.telephony.phone import Phone, Phones


async def talk(phones: Phones, transport: str = "udp") -> tuple[Phone, Phone]:
    """A caller and an answerer in a call."""
    answerer = await phones.listen()
    caller = await phones.dial(answerer.addresses[transport])
    await caller.rings()
    await caller.answered()
    await answerer.answered()
    return caller, answerer


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_each_hears_what_the_other_says(phones: Phones, prompts: Catalogue, transport: str) -> None:
    caller, answerer = await talk(phones, transport)
    await answerer.say_later(prompts.audio("system.one-moment"))
    await caller.say(prompts.audio("goodbye"))
    await answerer.hears("goodbye")
    await caller.hears("system.one-moment")


async def test_keys_arrive_in_order(phones: Phones) -> None:
    caller, answerer = await talk(phones)
    await caller.press("1590")
    await caller.press("*#1")
    await answerer.hears_keys("1590*#1")


async def test_keys_pressed_while_speaking_arrive(phones: Phones, prompts: Catalogue) -> None:
    caller, answerer = await talk(phones)
    await caller.say_later(prompts.audio("menu.main"))
    await answerer.begins_to_hear("menu.main")
    await caller.press("9")
    await answerer.hears_keys("9")


@pytest.mark.parametrize("who", ["caller", "answerer"])
async def test_both_know_who_hung_up(phones: Phones, who: str) -> None:
    caller, answerer = await talk(phones)
    await (caller if who == "caller" else answerer).hang_up()
    assert (await caller.ended()).by == ("us" if who == "caller" else "them")
    assert (await answerer.ended()).by == ("us" if who == "answerer" else "them")
    assert (await caller.ended()).code == 200


async def test_a_busy_phone_refuses(phones: Phones) -> None:
    answerer = await phones.listen(code=486)
    caller = await phones.dial(answerer.addresses["udp"])
    ended = await caller.ended()
    assert (ended.code, ended.reason, ended.by) == (486, "Busy Here", "them")


async def test_a_second_caller_finds_the_line_busy(phones: Phones) -> None:
    _, answerer = await talk(phones)
    second = await phones.dial(answerer.addresses["udp"])
    assert (await second.ended()).code == 486
    assert not answerer.is_over


async def test_it_rings_and_nobody_picks_up(phones: Phones) -> None:
    answerer = await phones.listen(code=180)
    caller = await phones.dial(answerer.addresses["udp"])
    await caller.rings()
    with pytest.raises(AssertionError, match="not answered within 1 s"):
        await caller.answered(limit=1)
    await caller.hang_up()
    ended = await caller.ended()
    assert (ended.code, ended.by) == (487, "us")
    assert (await answerer.ended()).by == "them"


async def test_nobody_is_at_that_address(phones: Phones) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))  # a port on which nobody speaks SIP
        caller = await phones.dial(f"sip:95598@127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(AssertionError, match="not answered within 1 s"):
            await caller.answered(limit=1)


async def test_a_prompt_cut_off_is_told_from_one_heard(phones: Phones, prompts: Catalogue) -> None:
    caller, answerer = await talk(phones)
    await answerer.say_later(prompts.audio("goodbye"))
    await caller.begins_to_hear("goodbye")
    with pytest.raises(AssertionError, match="goodbye was not cut off, it was heard to its end"):
        await caller.was_cut_off("goodbye")
    await caller.hears("goodbye")
    await answerer.say_later(prompts.audio("menu.main"))
    await caller.begins_to_hear("menu.main")
    await answerer.hang_up()
    assert 1.0 < await caller.was_cut_off("menu.main") < 6.0


async def test_what_was_heard_is_used_up(phones: Phones, prompts: Catalogue) -> None:
    caller, answerer = await talk(phones)
    await answerer.say_later(prompts.audio("goodbye"))
    first = await caller.hears("goodbye")
    await answerer.say_later(prompts.audio("goodbye"))
    assert await caller.hears("goodbye") > first + 1
    with pytest.raises(AssertionError, match=r"goodbye was not heard to its end .* goodbye at \d"):
        await caller.hears("goodbye", limit=0.5)


async def test_silence_is_noticed(phones: Phones, prompts: Catalogue) -> None:
    caller, answerer = await talk(phones)
    await caller.hears_nothing(0.5)
    await answerer.say_later(prompts.audio("goodbye"))
    with pytest.raises(AssertionError, match="not silent"):
        await caller.hears_nothing(1.5)
    await caller.silent_for(0.5)


async def test_the_sound_is_there_within_three_tenths_of_a_second(phones: Phones) -> None:
    caller, _ = await talk(phones)
    begun = time.monotonic() - caller.heard_seconds
    await caller.silent_for(2.0)
    lags = []
    while time.monotonic() - begun < 3:
        lags.append(time.monotonic() - begun - caller.heard_seconds)
    assert min(lags) < 0.3


async def test_what_cannot_be_done_is_said(phones: Phones, tmp_path: Path) -> None:
    answerer = await phones.listen(code=180)
    await answerer.process.tell("press", keys="1")  # `press` would wait until the call is on
    with pytest.raises(PhoneProblem, match="there is no call at the moment") as raised:
        await answerer.process.first("pressed", limit=10)
    assert raised.value.error_id == "no-call"
    caller, _ = await talk(phones)
    with pytest.raises(PhoneProblem, match='"A" is not a key'):
        await caller.press("A")
    with pytest.raises(PhoneProblem, match=r"nothing\.wav: there is no such file"):
        await caller.say(tmp_path / "nothing.wav")
    assert not caller.is_over
