"""The menu, as callers meet it."""

import pytest

from tests.telephony.listening import digits
from tests.telephony.stage import recording_of


@pytest.mark.parametrize(
    ("key", "flow", "outcome"),
    [("111", "repair", "reported"), ("2#", "billing", "asked"), ("4", "complaint", "complained")],
)
async def test_a_key_leads_to_its_flow_and_the_caller_gets_a_number(line, speech, key, flow, outcome):
    caller = await line.call()
    await caller.begins_to_hear("notice.recording")
    await caller.press(key)
    await caller.hears(f"{flow}.describe")
    await caller.hears("tone.beep")
    await caller.say(speech)
    await caller.press("#")
    await caller.hears("case.number")
    await caller.hears("case.repeat", limit=30)
    await caller.hears(f"{flow}.next", limit=40)
    await caller.hears("goodbye")
    assert (await caller.ended()).by == "them"
    (call,) = await line.settled()
    assert (call.outcome, call.menu_path) == (outcome, f"main/{flow}")
    assert [case.number for case in call.cases] == [100001]
    recording = recording_of(call)
    (message,) = recording.messages
    assert (recording.state, message.flow, message.ended_by) == ("stored", flow, "key")
    assert message.end - message.start == pytest.approx(speech_seconds(speech), abs=2.0)


async def test_the_number_that_is_read_is_the_number_in_the_books(line):
    caller = await line.call()
    await caller.press("111")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.hears_sentence("case.number", *digits(100001))
    await caller.hang_up()
    (call,) = await line.settled()
    assert [case.number for case in call.cases] == [100001]


async def test_whoever_keeps_pressing_the_hash_key_still_hears_the_number(line, speech):
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.say(speech)
    await caller.press("###")
    await caller.hears_sentence("case.number", *digits(100001))
    await caller.hears("goodbye", limit=60)
    await caller.ended()
    (call,) = await line.settled()
    assert (call.outcome, len(call.cases)) == ("reported", 1)


async def test_zero_again_and_again_stays_with_the_way_to_a_person(line):
    caller = await line.call()
    await caller.press("0")
    for _ in range(3):
        await caller.begins_to_hear("voicemail.describe")
        await caller.press("0")
        await caller.was_cut_off("voicemail.describe")
    await caller.hears("voicemail.describe")
    await caller.hears("tone.beep")
    await caller.press("*")
    await caller.begins_to_hear("menu.main")
    await caller.hang_up()
    (call,) = await line.settled()
    assert call.outcome == "hung-up"


async def test_a_key_cuts_the_menu_short(line):
    caller = await line.call()
    await caller.hears("notice.recording")
    await caller.begins_to_hear("menu.main")
    await caller.press("2")
    assert await caller.was_cut_off("menu.main") < 6
    await caller.hears("billing.describe")


async def test_a_key_during_the_notice_cuts_it_short_and_counts(line):
    caller = await line.call()
    await caller.begins_to_hear("notice.recording")
    await caller.press("4")
    await caller.was_cut_off("notice.recording")
    await caller.hears("complaint.describe")
    await caller.hang_up()
    (call,) = await line.settled()
    assert call.menu_path == "main/complaint"


async def test_nothing_pressed_is_asked_again_twice_and_then_a_voicemail(line):
    caller = await line.call()
    for _ in range(3):
        await caller.hears("menu.main", limit=40)
        await caller.hears("menu.nothing-heard", limit=10)
    await caller.hears("menu.to-voicemail")
    await caller.hears("voicemail.describe")
    await caller.hears("tone.beep")
    await caller.hang_up()
    (call,) = await line.settled()
    assert call.menu_path == "main/person"
    assert len(call.cases) == 1, "whoever reached the tone is called back"


async def after_three_wrong_keys(line):
    """A caller who pressed a wrong key whenever the menu was read."""
    caller = await line.call()
    for _ in range(3):
        await caller.begins_to_hear("menu.main", limit=20)
        await caller.press("7")
        await caller.hears("menu.wrong-key")
    return caller


async def test_wrong_keys_are_asked_again_twice_and_then_a_voicemail(line):
    caller = await after_three_wrong_keys(line)
    await caller.hears("menu.to-voicemail")


async def test_star_in_the_voicemail_after_vain_tries_goes_back_to_the_menu(line):
    caller = await after_three_wrong_keys(line)
    await caller.hears("menu.to-voicemail")
    await caller.begins_to_hear("voicemail.describe")
    await caller.press("*")
    await caller.was_cut_off("voicemail.describe")
    await caller.begins_to_hear("menu.main")


async def test_nine_reads_the_menu_again_and_star_goes_back(line):
    caller = await line.call()
    await caller.begins_to_hear("menu.main")
    await caller.press("9")
    await caller.was_cut_off("menu.main")
    await caller.begins_to_hear("menu.main")
    await caller.press("111")
    await caller.was_cut_off("menu.main")
    await caller.begins_to_hear("repair.describe")
    await caller.press("*")
    await caller.was_cut_off("repair.describe")
    await caller.hears("menu.main", limit=30)


async def test_zero_reaches_the_way_to_a_person_from_the_menu_and_from_a_flow(line):
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.press("0")
    await caller.was_cut_off("repair.describe")
    await caller.hears("voicemail.describe")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.hears("voicemail.next", limit=30)
    await caller.ended(limit=15)
    (call,) = await line.settled()
    assert (call.outcome, call.menu_path) == ("message-left", "main/repair/person")


def speech_seconds(file) -> float:
    import soundfile

    return soundfile.info(file).duration
