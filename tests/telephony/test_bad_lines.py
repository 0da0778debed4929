"""Bad lines: packets that are lost, late and out of order, phones that send nothing, an Asterisk that is away."""

import asyncio
import os
import random
import signal
import time
from contextlib import asynccontextmanager

from lianxin.bench.caller import SILENCE
from lianxin.bench.ear import Ear
from lianxin.bench.exchange import Exchange
from lianxin.bench.script import TONE
from tests.telephony.quick_prompts import quick_catalogue

PROMPTS = ("notice.recording", "menu.main", "repair.describe", "tone.beep", "message.nothing-heard", "case.number")


class BadLine(Exchange):
    """Of a hundred packets five never arrive; the others are up to 80 ms late, and so out of order."""

    chance = random.Random(95598)

    def send_rtp(self, packet: bytes, port: int) -> None:
        if self.chance.random() >= 0.05:
            late = self.chance.uniform(0, 0.08)
            asyncio.get_running_loop().call_later(late, super().send_rtp, packet, port)


@asynccontextmanager
async def exchange(line, kind=Exchange):
    catalogue = quick_catalogue()
    ear = Ear({name: catalogue.audio(name) for name in PROMPTS})
    async with kind(ear, line.server.ports.sip, user="trial", password=line.server.trial_password) as made:
        yield made


async def at_the_tone(exchange):
    caller = exchange.caller("95598")
    await caller.dial()
    await caller.hears("notice.recording", 15)
    await caller.stays(0.5)
    for key in "111":
        await caller.press(key)
        await caller.stays(0.3)
    await caller.hears("repair.describe", 15)
    await caller.press("#")
    await caller.hears("tone.beep", 15)
    await caller.stays(0.5)
    return caller


async def a_message_over_a_bad_line(line):
    async with exchange(line, BadLine) as bad:
        caller = await at_the_tone(bad)
        caller.speech = TONE
        await caller.stays(3)
        await caller.press("#")
        await caller.hears("case.number", 15)
        await caller.hang_up()


async def a_phone_that_sends_nothing_while_its_owner_is_quiet(line):
    async with exchange(line) as plain:
        caller = await at_the_tone(plain)
        caller.speech = TONE
        await caller.stays(2)
        caller.speech = b""
        quiet = time.monotonic()
        await caller.hears("case.number", 15)
        assert time.monotonic() - quiet > 2.5, "three seconds of silence end a message, not less"
        await caller.hang_up()


async def nobody_says_a_word(line, speech):
    """With packets of silence, and with none at all, as when only one direction of the line works."""
    async with exchange(line) as plain:
        caller = await at_the_tone(plain)
        caller.speech = speech
        for _ in range(2):
            await caller.hears("message.nothing-heard", 15)
            await caller.hears("tone.beep", 15)
        await caller.hears("case.number", 15)
        await caller.hang_up()


async def test_no_bad_line_holds_a_call_up_or_costs_a_recording(line):
    await asyncio.gather(
        a_message_over_a_bad_line(line),
        a_phone_that_sends_nothing_while_its_owner_is_quiet(line),
        nobody_says_a_word(line, SILENCE),
        nobody_says_a_word(line, b""),
    )
    calls = await line.settled(number=4)
    ended = sorted(message.ended_by for call in calls for message in call.legs[0].recordings[0].messages)
    assert ended == ["key"] + ["silence"] * 7
    assert all(call.legs[0].recordings[0].state == "stored" for call in calls)
    assert '"level": "error"' not in line.log


async def test_a_frozen_asterisk_is_noticed_and_one_that_comes_back_is_served_at_once(line):
    """By when exactly is the heartbeat's and the backoff's to say: tests/ari/test_stream.py holds both."""
    os.kill(line.server.pid, signal.SIGSTOP)
    try:
        await line.until(lambda: '"ari-socket-lost"' in line.log, "the lost socket was noticed", limit=15)
    finally:
        os.kill(line.server.pid, signal.SIGCONT)
    await asyncio.to_thread(line.server.kill)
    await asyncio.to_thread(line.server.start)
    await line.until(line.connected, "the controller serves calls again")
    async with exchange(line) as plain:
        caller = plain.caller("95598")
        await caller.dial()
        await caller.hears("notice.recording", 15)
        await caller.hang_up()
    await line.settled()
