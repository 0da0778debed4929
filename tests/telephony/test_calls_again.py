"""Who has rung again and again goes straight to a person, whatever keys they press."""

from datetime import UTC, datetime, timedelta

from ivr.prompts.catalogue import SHIPPED
from recordings import ledger
from tests.telephony.stage import Stage

WORDS = SHIPPED / "message.nothing-heard.wav"


async def test_the_fourth_call_in_two_hours_goes_to_an_agent_also_when_the_caller_presses_0_at_once(
    line: Stage,
) -> None:
    with line.archive.session() as s:
        for n in range(3):
            at = datetime.now(UTC) - timedelta(minutes=100 - n)
            ledger.open_call(s, call_id=f"{n}", channel_id=f"{n}", node="main", caller="trial", line="95598", at=at)
            ledger.close_call(s, f"{n}", "hung-up", at)
    wang = await line.agent("wang", after=1)
    caller = await line.call()
    await caller.begins_to_hear("queue.again-often")
    await caller.press("0")
    await wang.answered(limit=20)
    await wang.say_later(WORDS)
    await caller.hears(WORDS)
    await caller.hang_up()
    *_, call = await line.settled(4)
    assert call.outcome == "spoken"
    assert call.menu_path == "person"
