"""The menu, as callers meet it."""

import asyncio

import pytest

from tests.telephony.listening import digits
from tests.telephony.stage import recording_of

OUTCOMES = {"repair": "reported", "billing": "asked", "complaint": "complained"}


async def leaves_a_message(line, speech, keys, flow):
    """From the notice to the goodbye."""
    caller = await line.call()
    await caller.begins_to_hear("notice.recording")
    await caller.press(keys)
    await caller.hears(f"{flow}.describe")
    await caller.hears("tone.beep")
    await caller.say(speech)
    await caller.press("#")
    await caller.hears("case.number")
    await caller.hears("case.repeat", limit=30)
    await caller.hears(f"{flow}.next", limit=40)
    await caller.hears("goodbye")
    assert (await caller.ended()).by == "them"


async def test_a_key_leads_to_its_flow_and_the_caller_gets_a_number(line, speech):
    """Three callers at once, each with a matter of their own."""
    await asyncio.gather(
        leaves_a_message(line, speech, "111", "repair"),
        leaves_a_message(line, speech, "2#", "billing"),
        leaves_a_message(line, speech, "4", "complaint"),
    )
    calls = await line.settled(number=3)
    assert {call.menu_path: call.outcome for call in calls} == {f"main/{flow}": how for flow, how in OUTCOMES.items()}
    assert sorted(case.number for call in calls for case in call.cases) == [100001, 100002, 100003]
    for call in calls:
        recording = recording_of(call)
        (message,) = recording.messages
        assert (recording.state, message.ended_by) == ("stored", "key")
        assert call.menu_path == f"main/{message.flow}"
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


async def presses_nothing(line):
    caller = await line.call()
    for _ in range(3):
        await caller.hears("menu.main", limit=40)
        await caller.hears("menu.nothing-heard", limit=10)
    await caller.hears("menu.to-voicemail")
    await caller.hears("voicemail.describe")
    await caller.hears("tone.beep")
    await caller.hang_up()


async def presses_wrong_keys_and_then_star(line):
    caller = await line.call()
    for _ in range(3):
        await caller.begins_to_hear("menu.main", limit=20)
        await caller.press("7")
        await caller.hears("menu.wrong-key")
    await caller.hears("menu.to-voicemail")
    await caller.begins_to_hear("voicemail.describe")
    await caller.press("*")
    await caller.was_cut_off("voicemail.describe")
    await caller.begins_to_hear("menu.main")
    await caller.hang_up()


async def test_nothing_and_wrong_keys_are_asked_again_twice_and_then_there_is_a_voicemail(line):
    await asyncio.gather(presses_nothing(line), presses_wrong_keys_and_then_star(line))
    calls = await line.settled(number=2)
    (reached_the_tone,) = [call for call in calls if call.cases]
    assert reached_the_tone.menu_path == "main/person"
    assert len(reached_the_tone.cases) == 1, "whoever reached the tone is called back"


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
