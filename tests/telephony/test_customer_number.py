"""Saying who one is: the customer number by keys or by voice, the bill that it opens, and what vain tries lead to."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr.prompts.catalogue import SHIPPED
from tests.telephony.listening import digits
from tests.telephony.residents import NUMBER, closed, dials
from tests.telephony.sounds import RATE

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWED = ["number.10", "digit.2", "money.yuan", "digit.0", "digit.5", "money.fen"]  # 12.05
BILLED = ["number.80", "digit.8", "money.yuan", "digit.3", "money.jiao"]  # 88.30


async def test_the_bill_is_read_after_its_number_was_read_back_and_confirmed(hotline):
    caller = await dials(hotline, "2")
    await caller.begins_to_hear("billing.number")
    await caller.press(f"{NUMBER}#")
    await caller.hears_sentence("billing.read-back", *digits(NUMBER))
    await caller.press("1")
    await caller.hears_sentence("billing.owed", *OWED, "billing.last", *BILLED, limit=30)
    await caller.hears_sentence("billing.due", "month.3", "day.21", "billing.due-end")
    await caller.hears_sentence("billing.step", "digit.2", "billing.step-end")
    await caller.begins_to_hear("billing.more")
    await caller.press("#")
    await caller.hears("goodbye")
    await caller.ended()
    call = await closed(hotline)
    assert (call.outcome, call.cases) == ("informed", [])


async def test_whoever_presses_nothing_may_say_the_number(hotline, tmp_path):
    caller = await dials(hotline, "2")
    await caller.begins_to_hear("billing.number")
    await caller.hears("dictate.ask", limit=40)
    await caller.hears("tone.beep")
    await caller.say(dictated(NUMBER, tmp_path / "dictated.wav"))
    await caller.hears_sentence("dictate.heard", *digits(NUMBER), limit=30)
    await caller.press("1")
    await caller.hears_sentence("billing.owed", *OWED)
    await caller.hang_up()
    await closed(hotline)


def dictated(number: str, file: Path) -> Path:
    """A number as somebody says it digit by digit."""
    said = [soundfile.read(SHIPPED / f"{digit}.wav", dtype="int16")[0] for digit in digits(number)]
    soundfile.write(file, np.concatenate(said), RATE, subtype="PCM_16")
    return file


async def test_three_vain_tries_at_the_number_end_in_a_message(hotline):
    caller = await dials(hotline, "2")
    await caller.begins_to_hear("billing.number")
    await caller.press("123#")
    await caller.hears("billing.wrong-length")
    await caller.begins_to_hear("billing.number-again")
    await caller.press("3300000099#")
    await caller.begins_to_hear("billing.read-back")
    await caller.press("1")
    await caller.hears("billing.unknown")
    await caller.begins_to_hear("billing.number-again")
    await caller.press("3300000012#")
    await caller.begins_to_hear("billing.read-back")
    await caller.press("2")
    await caller.hears("billing.to-message")
    await caller.begins_to_hear("billing.describe")
    await caller.hang_up()


async def test_zero_alone_is_a_person_and_star_goes_back_where_a_number_is_asked_for(hotline):
    caller = await dials(hotline, "2")
    await caller.begins_to_hear("billing.number")
    await caller.press("33*")
    await caller.begins_to_hear("menu.main")
    await caller.press("2")
    await caller.begins_to_hear("billing.number")
    await caller.press("0")
    await caller.begins_to_hear("voicemail.describe")
    await caller.hang_up()
    assert (await closed(hotline)).menu_path == "main/billing/billing/person"
