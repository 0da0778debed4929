"""Callers hang up anywhere. That is normal: the books add up, and nothing is left in Asterisk."""

import pytest

from tests.telephony.stage import recording_of


async def test_before_anybody_answered(line):
    caller = await line.dial()
    await caller.hang_up()
    await caller.ended()
    # Whether the hotline was quicker is chance; in either case a call that follows must be served.
    second = await line.call()
    await second.begins_to_hear("notice.recording")
    await second.hang_up()
    calls = await line.settled()
    assert len(calls) in (1, 2), "the first call is in the books only if it reached them"
    assert {call.outcome for call in calls} == {"hung-up"}


async def test_in_the_notice_before_anything_is_recorded(line):
    caller = await line.call()
    await caller.begins_to_hear("notice.recording")
    await caller.hang_up()
    (call,) = await line.settled()
    assert call.outcome == "hung-up"
    assert not call.legs, "nothing may be recorded before the notice was heard"


@pytest.mark.parametrize(
    ("keys", "prompt"), [("", "menu.main"), ("111", "repair.describe"), ("0", "voicemail.describe")]
)
async def test_in_a_prompt(line, keys, prompt):
    caller = await line.call()
    await caller.begins_to_hear("notice.recording")
    await caller.press(keys)
    await caller.begins_to_hear(prompt)
    await caller.hang_up()
    (call,) = await line.settled()
    assert (call.outcome, recording_of(call).state) == ("hung-up", "stored")
    assert not call.cases, "who never reached the tone has no case"


async def test_while_the_number_is_read(line):
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.begins_to_hear("case.number")
    await caller.hang_up()
    (call,) = await line.settled()
    assert len(call.cases) == 1


async def test_ten_callers_at_once_each_at_another_moment(line):
    moments = ["notice.recording", "menu.main", "repair.describe", "tone.beep", "case.number"] * 2
    callers = [await line.dial() for _ in moments]
    for caller, moment in zip(callers, moments, strict=True):
        if moment != "notice.recording":
            await caller.answered()
        if moment in ("repair.describe", "tone.beep", "case.number"):
            await caller.press("111")
        if moment in ("tone.beep", "case.number"):
            await caller.press("#")
        if moment == "case.number":
            await caller.press("#")
        await caller.hang_up()
    calls = await line.settled(number=len(line.calls()), limit=30)
    assert len(calls) <= len(moments)
    assert {call.outcome for call in calls} <= {"hung-up"}
    assert '"level": "error"' not in line.log, "a hang-up is never an error"
