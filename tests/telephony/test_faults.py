"""The controller or Asterisk dies in mid-call: no call is lost from the books, no channel is left."""

import asyncio

import pytest

from tests.telephony.stage import recording_of


async def speaking(line, speech):
    """A caller in the middle of a message."""
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.say_later(speech)
    begun = caller.heard_seconds
    await line.until(lambda: caller.heard_seconds > begun + 3, "three seconds were spoken")
    return caller


async def test_a_caller_is_adopted_by_the_next_controller_and_goes_on(line, speech):
    caller = await speaking(line, speech)
    await line.kill_controller()
    await line.start_controller()
    await caller.hears("system.one-moment")
    await caller.begins_to_hear("menu.main")
    await caller.press("2#")
    await caller.hears("billing.describe")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.hears("goodbye", limit=60)
    await caller.ended()
    (call,) = await line.settled()
    assert (call.outcome, call.menu_path) == ("asked", "main/repair/main/billing")
    recording = recording_of(call)
    interrupted, second = recording.messages
    assert (interrupted.flow, interrupted.ended_by, second.flow) == ("repair", "broken-off", "billing")
    assert 2 < interrupted.end - interrupted.start < second.start
    assert recording.state == "stored"
    assert recording.duration > 15, "one recording from the notice to the end, through the controller's death"


async def test_a_recording_whose_caller_left_meanwhile_is_accounted_for_at_the_next_start(line, speech):
    caller = await speaking(line, speech)
    await line.kill_controller()
    await caller.hang_up()
    await caller.ended()
    (call,) = line.calls()
    assert recording_of(call).state == "requested"
    await line.start_controller()
    (call,) = await line.settled()
    recording = recording_of(call)
    assert (call.outcome, recording.state) == ("lost", "stored")
    (message,) = recording.messages
    assert (message.ended_by, message.end) == ("broken-off", recording.duration)
    assert message.end - message.start > 2
    assert [case.flow for case in call.cases] == ["repair"], "somebody must see to it"


async def test_nobody_is_recorded_by_the_next_controller_who_did_not_hear_the_notice(line):
    caller = await line.call()
    await caller.begins_to_hear("notice.recording")
    await line.kill_controller()
    await line.start_controller()
    await caller.hears("menu.main", limit=40)
    await caller.hang_up()
    (call,) = await line.settled()
    kinds = [event.kind for event in call.events]
    assert kinds.index("resumed") < kinds.index("notice-said") < kinds.index("recording-requested")


async def test_a_number_that_is_no_text_disturbs_nobody_elses_call(line):
    odd = await line.call("12%D5%C5")
    await odd.begins_to_hear("notice.recording")
    await line.kill_controller()
    await line.start_controller()
    caller = await line.call()
    await caller.hears("menu.main", limit=30)
    await caller.hang_up()
    await odd.hang_up()
    calls = await line.settled(number=2)
    assert [call.line for call in calls] == ["12", "95598"]


async def test_a_controller_that_is_told_to_stop_leaves_its_callers_to_the_next(line, speech):
    caller = await speaking(line, speech)
    await line.stop_controller()
    await line.start_controller()
    await caller.hears("system.one-moment")
    await caller.hang_up()
    (call,) = await line.settled()
    assert recording_of(call).state == "stored"


async def test_asterisk_is_killed_in_mid_message_and_comes_back(line, speech):
    await speaking(line, speech)
    await asyncio.to_thread(line.server.kill)
    await asyncio.to_thread(line.server.start)
    (call,) = await line.settled(limit=30)
    recording = recording_of(call)
    assert recording.state == "stored", recording.reason
    assert recording.duration > 2, "what was written before the end is kept"
    second = await line.call("9559802")
    await second.begins_to_hear("notice.recording")
    await second.hang_up()
    await line.settled(number=2)


async def test_asterisk_is_stopped_and_started(line, speech):
    await speaking(line, speech)
    await asyncio.to_thread(line.server.stop)
    await asyncio.to_thread(line.server.start)
    (call,) = await line.settled(limit=30)
    assert recording_of(call).state == "stored"


@pytest.mark.parametrize("ended_by", ["key", "hang-up"])
async def test_without_a_controller_asterisk_apologises_and_the_voicemail_is_accounted_for(line, speech, ended_by):
    await line.kill_controller()
    caller = await line.call()
    await caller.hears("system.apology")
    await caller.hears("tone.beep")
    if ended_by == "key":
        await caller.say(speech)
        await caller.press("#")
        await caller.hears("system.received")
    else:
        await caller.say_later(speech)
        begun = caller.heard_seconds
        await line.until(lambda: caller.heard_seconds > begun + 3, "three seconds were spoken")
        await caller.hang_up()
    await caller.ended()
    await line.start_controller()
    (call,) = await line.settled()
    assert (call.outcome, call.line, recording_of(call).state) == ("fallback", "95598", "stored")
    assert recording_of(call).duration > 2
    assert len(call.cases) == 1, "somebody must call back"
    await line.until(lambda: not list(line.server.layout.fallback.glob("*.txt")), "the tray is empty")


async def test_a_second_controller_takes_over_and_the_first_stops_with_a_word(line, speech):
    caller = await speaking(line, speech)
    await line.start_controller()
    first = line.controllers[0]
    assert await asyncio.wait_for(first.wait(), 10) == 0, "it meant to stop: nobody should start it again"
    assert "another controller" in line.log
    await caller.hears("system.one-moment")
    await caller.hang_up()
    (call,) = await line.settled()
    assert recording_of(call).state == "stored"


async def test_a_fault_of_ours_in_mid_call_ends_in_the_dialplans_voicemail(line, speech):
    """The database goes away: the caller is not told to get lost, Asterisk alone takes the message."""
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    with line.locked_database():
        await caller.press("#")
        await caller.hears("system.apology", limit=60)
        await caller.hears("tone.beep")
        await caller.say(speech)
        await caller.press("#")
        await caller.hears("system.received")
        await caller.ended()
    await line.until(lambda: len(line.calls()[0].legs[0].recordings) == 2, "the voicemail was collected", limit=60)
    (call,) = await line.settled(limit=60)
    states = sorted(recording.state for leg in call.legs for recording in leg.recordings)
    assert states == ["stored", "stored"], "the leg until the fault, and the voicemail"
