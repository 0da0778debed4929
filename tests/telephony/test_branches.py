"""Branches that a menu file adds without a line of code, on real calls. One line for all of them."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from lianxin.asterisk.program import AsteriskProgram
from tests.telephony.phone import Phones
from tests.telephony.quick_prompts import quick, quick_prompts
from tests.telephony.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

MENU = """
first = "main"
[hours.never]
[hours.always]
workdays = "00:00-24:00"
weekends = "00:00-24:00"
holidays = "00:00-24:00"
[menus.main]
prompt = "menu.main"
[menus.main.keys]
3 = "tariffs"
5 = "lights"
6 = "hall"
7 = "open-hall"
[menus.hall]
prompt = "menu.main"
hours = "never"
outside = "lights"
outside_prompt = "hall.closed"
[menus.hall.keys]
1 = "tariffs"
[menus.open-hall]
prompt = "hall.open"
hours = "always"
outside = "lights"
[menus.open-hall.keys]
1 = "tariffs"
[flows.tariffs]
kind = "information"
prompt = "tariffs.day"
[flows.lights]
kind = "message"
describe = "lights.describe"
next = "lights.next"
[flows.person]
describe = "voicemail.describe"
next = "voicemail.next"
"""
CATALOGUE = """
[tariffs]
day = "白天的电价"
[hall]
closed = "营业厅下班了"
open = "营业厅"
[lights]
describe = "路灯"
next = "路灯记下了"
"""
# The utility's own recordings; any speech will do that is no other prompt of this menu.
SOUNDS = {
    "tariffs.day": "menu.wrong-key",
    "hall.closed": "case.repeat",
    "hall.open": "system.received",
    "lights.describe": "menu.nothing-heard",
    "lights.next": "system.one-moment",
}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def line(program: AsteriskProgram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    folder = tmp_path_factory.mktemp("branches")
    own = folder / "own"
    shutil.copytree(quick_prompts(), own)
    (own / "catalogue.toml").write_text(CATALOGUE, "utf-8")
    for name, shipped in SOUNDS.items():
        shutil.copy(quick(shipped), own / f"{name}.wav")
    (folder / "menu.toml").write_text(MENU, "utf-8")
    async with Phones(folder) as phones:
        stage = Stage(program, folder, phones)
        stage.environment |= {
            "LIANXIN_IVR__MENU": str(folder / "menu.toml"),
            "LIANXIN_IVR__PROMPTS": str(own),
        }
        try:
            await stage.start()
            yield stage
        finally:
            await stage.close()


async def test_information_is_said_and_leads_back_to_the_menu(line: Stage):
    caller = await line.call()
    await caller.press("3")
    await caller.hears("menu.wrong-key")
    await caller.begins_to_hear("menu.main")
    await caller.hang_up()
    await caller.ended()
    assert line.calls()[-1].menu_path == "main/tariffs"


async def test_a_branch_takes_a_message_and_opens_a_case_under_its_own_name(line: Stage, speech: Path):
    caller = await line.call()
    await caller.press("5")
    await caller.hears("menu.nothing-heard")
    await caller.hears("tone.beep")
    await caller.say(speech)
    await caller.press("#")
    await caller.hears("case.number")
    await caller.press("#")
    await caller.hears("system.one-moment", limit=20)
    await caller.hears("goodbye")
    await caller.ended()
    call = (await line.settled())[-1]
    assert (call.outcome, call.menu_path) == ("message-left", "main/lights")
    assert [case.flow for case in call.cases] == ["lights"]


async def test_outside_the_hours_the_caller_hears_so_and_is_led_on(line: Stage):
    caller = await line.call()
    await caller.press("6")
    await caller.hears("case.repeat")
    await caller.begins_to_hear("menu.nothing-heard")
    await caller.press("0")
    await caller.begins_to_hear("voicemail.describe")
    await caller.hang_up()
    await caller.ended()
    assert line.calls()[-1].menu_path == "main/lights/person"


async def test_inside_the_hours_the_menu_is_read_and_star_and_zero_mean_what_they_always_mean(line: Stage):
    caller = await line.call()
    await caller.press("7")
    await caller.begins_to_hear("system.received")
    await caller.press("1")
    await caller.begins_to_hear("menu.wrong-key")
    await caller.press("*")
    await caller.was_cut_off("menu.wrong-key")
    await caller.begins_to_hear("system.received")
    await caller.press("1")
    await caller.begins_to_hear("menu.wrong-key")
    await caller.press("0")
    await caller.begins_to_hear("voicemail.describe")
    await caller.hang_up()
    await caller.ended()
    assert line.calls()[-1].menu_path == "main/open-hall/tariffs/tariffs/person"
