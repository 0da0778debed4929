"""Callers who choose English hear English to the end, numbers included. One line for all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from ivr.prompts.language import Language
from lianxin.asterisk.program import AsteriskProgram
from tests.telephony.listening import digits
from tests.telephony.phone import Phones
from tests.telephony.quick_prompts import quick
from tests.telephony.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


def english(prompt: str) -> Path:
    """The English audio of a prompt."""
    return quick(prompt, Language.ENGLISH)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def line(program: AsteriskProgram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("english")
    async with Phones(folder) as phones:
        stage = Stage(program, folder, phones)
        try:
            await stage.start()
            yield stage
        finally:
            await stage.close()


async def test_english_is_offered_in_the_notice_and_kept_through_a_restart_to_the_goodbye(line: Stage, speech: Path):
    caller = await line.call()
    await caller.hears("notice.recording")
    await caller.begins_to_hear(english("notice.english"))
    await caller.press("8")
    await caller.hears(english("notice.recording"))
    await line.kill_controller()
    await line.start_controller()
    await caller.hears(english("system.one-moment"), limit=30)
    await caller.begins_to_hear(english("menu.main"))
    await caller.press("1")
    await caller.begins_to_hear(english("repair.danger-key"))
    await caller.press("11")
    await caller.begins_to_hear(english("repair.describe"))
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.say(speech)
    await caller.press("#")
    await caller.hears_sentence(*map(english, ["case.number", *digits(100001)]))
    await caller.press("#")
    await caller.hears(english("repair.promise"))
    await caller.hears(english("repair.promise-end"))
    await caller.begins_to_hear(english("repair.next"))
    await caller.press("#")
    await caller.hears(english("goodbye"))
    await caller.ended()
    call = (await line.settled())[-1]
    assert call.outcome == "reported"
    assert call.menu_path.endswith("main/repair")
    assert [event.kind for event in call.events].count("english-chosen") == 1


async def test_the_first_menu_takes_the_key_too_and_others_hear_mandarin(line: Stage):
    caller, other = await line.call(), await line.call()
    await caller.begins_to_hear("menu.main", limit=30)
    await caller.press("8")
    await caller.was_cut_off("menu.main")
    await caller.begins_to_hear(english("notice.recording"))
    await caller.press("0")
    await caller.begins_to_hear(english("voicemail.describe"))
    await other.press("2")
    await other.begins_to_hear("billing.number", limit=30)
    for phone in (caller, other):
        await phone.hang_up()
        await phone.ended()
    chosen = [[e.kind for e in call.events].count("english-chosen") for call in (await line.settled(2))[-2:]]
    assert sorted(chosen) == [0, 1]
