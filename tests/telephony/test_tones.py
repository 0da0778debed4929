"""Keys that arrive as tones in the sound, as some gateways and old telephones send them; RFC 4733 is not offered."""


async def test_tones_lead_through_the_menu_cut_prompts_and_mean_what_keys_mean(line):
    caller = await line.call(tones=True)
    await caller.begins_to_hear("notice.recording")
    await caller.press("111")
    await caller.was_cut_off("notice.recording")
    await caller.begins_to_hear("repair.describe")
    await caller.press("*")
    await caller.was_cut_off("repair.describe")
    await caller.begins_to_hear("menu.main")
    await caller.press("2#")
    await caller.was_cut_off("menu.main")
    await caller.begins_to_hear("billing.describe")
    await caller.press("0")
    await caller.was_cut_off("billing.describe")
    await caller.hears("voicemail.describe")
    await caller.hears("tone.beep")
    await caller.press("#")
    await caller.hears("voicemail.next", limit=30)
    await caller.ended(limit=15)
    (call,) = await line.settled()
    assert (call.outcome, call.menu_path) == ("message-left", "main/repair/billing/person")
