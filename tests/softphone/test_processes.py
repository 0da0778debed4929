"""Phones are processes: many at once do not starve, and none is left behind."""

import asyncio
import os
import select
import sys
from pathlib import Path

from ivr.prompts.catalogue import Catalogue
from tests.telephony.phone import Phones

PAIRS = 5
STARTS_A_PHONE = """
import asyncio
from lianxin.softphone.process import PhoneProcess

async def main():
    phone = await PhoneProcess.start()
    await phone.tell("listen")
    await phone.first("listening")
    print(phone.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def lives(pid: int) -> bool:
    """Whether a process runs (a zombie that nobody has waited for does not)."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


async def test_ten_phones_talk_at_once(phones: Phones, prompts: Catalogue) -> None:
    answerers = await asyncio.gather(*(phones.listen() for _ in range(PAIRS)))
    callers = await asyncio.gather(*(phones.dial(answerer.addresses["udp"]) for answerer in answerers))
    await asyncio.gather(*(caller.answered(limit=20) for caller in callers))
    await asyncio.gather(*(phone.say(prompts.audio("notice.recording")) for phone in (*callers, *answerers)))
    await asyncio.gather(*(phone.hears("notice.recording") for phone in (*callers, *answerers)))
    await asyncio.gather(*(caller.hang_up() for caller in callers))
    assert [(await answerer.ended()).by for answerer in answerers] == ["them"] * PAIRS


async def test_a_phone_put_away_in_mid_call_hangs_up_and_is_gone(tmp_path: Path) -> None:
    async with Phones(tmp_path) as phones:
        answerer = await phones.listen()
        caller = await phones.dial(answerer.addresses["udp"])
        await caller.answered()
        await caller.close()
        assert not lives(caller.process.pid)
        assert (await answerer.ended()).by == "them"
    assert not lives(answerer.process.pid)


async def test_a_phone_ends_with_the_one_who_started_it() -> None:
    starter = await asyncio.create_subprocess_exec(sys.executable, "-c", STARTS_A_PHONE, stdout=asyncio.subprocess.PIPE)
    assert starter.stdout is not None
    pid = int(await starter.stdout.readline())
    assert lives(pid)
    watched = os.pidfd_open(pid)
    starter.kill()
    await starter.wait()
    ended, _, _ = await asyncio.to_thread(select.select, [watched], [], [], 10)
    os.close(watched)
    assert ended, "the phone outlived the one who started it by 10 s"


async def test_the_recording_of_a_killed_phone_can_still_be_read(phones: Phones) -> None:
    answerer = await phones.listen()
    caller = await phones.dial(answerer.addresses["udp"])
    await caller.answered()
    await caller.silent_for(0.5)
    os.kill(caller.process.pid, 9)
    assert caller.heard_seconds > 0.4
