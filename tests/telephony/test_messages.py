"""What callers say after the tone, and how it ends."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.telephony.phone import Phones
from tests.telephony.quick_prompts import quick
from tests.telephony.stage import Stage, recording_of

MENU = Path(__file__).parents[2] / "config" / "menu.toml"


async def to_the_tone(line):
    """A caller who hurries to the tone of the repair flow."""
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.press("#")
    await caller.hears("tone.beep")
    return caller


async def test_three_seconds_of_silence_end_a_message(line, speech):
    caller = await to_the_tone(line)
    await caller.say(speech)
    await caller.hears("case.number", limit=8)
    await caller.hang_up()
    (call,) = await line.settled()
    (message,) = recording_of(call).messages
    assert message.ended_by == "silence"
    assert message.end - message.start == pytest.approx(soundfile.info(speech).duration + 3, abs=1.5)


async def test_hanging_up_in_mid_sentence_keeps_what_was_said_and_opens_the_case(line, speech):
    caller = await to_the_tone(line)
    await caller.say_later(speech)
    await line.until(lambda: caller.heard_seconds > 5, "some of the sentence is out")
    await caller.hang_up()
    (call,) = await line.settled()
    recording = recording_of(call)
    (message,) = recording.messages
    assert (call.outcome, message.ended_by, recording.state) == ("hung-up", "hang-up", "stored")
    assert len(call.cases) == 1
    assert message.end <= recording.duration + 0.5


async def test_what_was_said_before_going_back_to_the_menu_is_seen_to(line, speech):
    caller = await to_the_tone(line)
    await caller.say(speech)
    await caller.press("*")
    await caller.begins_to_hear("menu.main")
    await caller.hang_up()
    (call,) = await line.settled()
    assert (call.outcome, [case.flow for case in call.cases]) == ("hung-up", ["repair"])


async def test_whoever_goes_back_at_the_tone_has_no_case(line):
    caller = await to_the_tone(line)
    await caller.press("*")
    await caller.begins_to_hear("menu.main")
    await caller.hang_up()
    (call,) = await line.settled()
    assert not call.cases


async def test_the_limit_ends_a_message(program, tmp_path, speech, short_line):
    caller = await to_the_tone(short_line)
    await caller.say_later(speech)
    await caller.hears("case.number", limit=12)
    await caller.hang_up()
    (call,) = await short_line.settled()
    (message,) = recording_of(call).messages
    assert message.ended_by == "limit"
    assert message.end - message.start == pytest.approx(5, abs=1)


@pytest.fixture
async def short_line(program, tmp_path):
    """A hotline whose messages may last five seconds."""
    menu = tmp_path / "menu.toml"
    menu.write_text(MENU.read_text("utf-8").replace("limit = 90", "limit = 5"), "utf-8")
    async with Phones(tmp_path) as phones:
        stage = Stage(program, tmp_path, phones)
        stage.environment["LIANXIN_IVR__MENU"] = str(menu)
        try:
            await stage.start()
            yield stage
        finally:
            await stage.close()


async def test_a_silent_caller_is_asked_again_twice_and_still_gets_a_number(line):
    caller = await to_the_tone(line)
    await caller.hears("message.nothing-heard", limit=10)
    await caller.hears("tone.beep")
    await caller.hears("message.nothing-heard", limit=10)
    await caller.hears("tone.beep")
    await caller.hears("case.number", limit=10)
    await caller.hang_up()
    (call,) = await line.settled()
    assert [message.ended_by for message in recording_of(call).messages] == ["silence"] * 3


async def test_who_talks_over_the_prompt_is_heard_from_their_first_word(line, speech):
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.say(speech)
    await caller.hears("case.number", limit=15)
    await caller.hang_up()
    (call,) = await line.settled()
    recording = recording_of(call)
    (message,) = recording.messages
    spoken = soundfile.info(speech).duration
    assert message.end - message.start >= spoken - 1, "the message begins before the tone, with the first word"


async def test_who_talks_over_the_prompt_and_hangs_up_has_left_a_message(line, speech):
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.say_later(speech)
    begun = caller.heard_seconds
    await line.until(lambda: caller.heard_seconds > begun + 3, "three seconds were spoken")
    await caller.hang_up()
    (call,) = await line.settled()
    (message,) = recording_of(call).messages
    assert message.ended_by == "hang-up"
    assert message.end - message.start >= 2
    assert len(call.cases) == 1


async def test_a_cough_over_the_prompt_is_no_message(line, tmp_path):
    cough = tmp_path / "cough.wav"
    rng = np.random.default_rng(1)
    soundfile.write(cough, rng.normal(0, 0.2, 2400) * np.hanning(2400), 8000)
    caller = await line.call()
    await caller.press("111")
    await caller.begins_to_hear("repair.describe")
    await caller.say(cough)
    await caller.hears("tone.beep", limit=15)
    await caller.hears("message.nothing-heard", limit=15)
    await caller.hang_up()
    await line.settled()


async def test_the_recording_holds_what_was_said_and_nothing_of_ours(line, speech):
    from tests.telephony.hearing import find
    from tests.telephony.sounds import load_sound

    caller = await to_the_tone(line)
    await caller.say(speech)
    await caller.press("#")
    await caller.hears("case.number")
    await caller.hang_up()
    (call,) = await line.settled()
    with line.archive.store.local(recording_of(call).key) as file:
        samples, rate = soundfile.read(file, dtype="float32")
        info = soundfile.info(file)
    assert (rate, info.channels, info.subtype) == (8000, 1, "PCM_16")
    (said,) = [found for found in find(load_sound(speech), samples * 32768) if found.whole]
    (message,) = recording_of(call).messages
    assert said.start == pytest.approx(message.start, abs=1.0)
    prompt = load_sound(quick("repair.describe"))
    assert not [found for found in find(prompt, samples * 32768) if found.begun], (
        "the prompt must not be in the caller's leg"
    )
