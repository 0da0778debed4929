"""Callers and agents, with real telephones on both sides.

What they say to each other are prompts: we know how they sound.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from ivr.prompts.catalogue import SHIPPED
from recordings import agents
from recordings.tables import Agent, Case, Recording, Survey, User
from tests.telephony.phone import Phone
from tests.telephony.stage import Stage

CALLERS_WORDS = SHIPPED / "case.number.wav"
AGENTS_WORDS = SHIPPED / "case.repeat.wav"


def recordings(call) -> dict[str, list[Recording]]:
    return {leg.side: list(leg.recordings) for leg in call.legs}


def agent_row(line: Stage, name: str) -> Agent:
    with line.archive.reading() as s:
        return s.scalars(select(Agent).join(User).where(User.name == name)).one()


def wish(line: Stage, name: str, kind: str, target: str = "") -> None:
    """What the agent presses at the console."""
    with line.archive.session() as s:
        found = s.scalars(select(Agent).join(User).where(User.name == name)).one()
        agents.wish(s, found.user_id, kind, found.since, target)


async def put_through(line: Stage, agent: Phone) -> Phone:
    """A caller who was answered by an agent."""
    caller = await line.call()
    await caller.press("0")
    await agent.answered(limit=20)
    return caller


async def hear_each_other(line: Stage, caller: Phone, agent: Phone) -> None:
    await line.until(line.two_talk, "two parties are in a bridge")
    await is_heard(agent, AGENTS_WORDS, caller)
    await is_heard(caller, CALLERS_WORDS, agent)


async def is_heard(speaker: Phone, words: Path, listener: Phone) -> None:
    """Say something, and as people do, say it again when it was not understood: packets may come late."""
    for _ in range(3):
        await speaker.say_later(words)
        with suppress(AssertionError):
            await listener.hears(words, limit=6)
            return
    raise AssertionError(f"{words.name} was said three times and not heard: {listener.all_heard()}")


async def test_a_caller_talks_to_an_agent_and_says_how_it_was(line):
    wang = await line.agent("wang")
    caller = await line.call()
    await caller.press("0")
    await caller.hears("queue.welcome")
    await wang.answered(limit=20)
    await hear_each_other(line, caller, wang)
    await wang.hang_up()
    await caller.hears("survey.ask")
    await caller.press("1")
    await caller.hears("survey.thanks")
    await caller.begins_to_hear("goodbye")
    assert (await caller.ended()).by == "them"
    (call,) = await line.settled()
    assert call.outcome == "spoken"
    sides = recordings(call)
    assert {side: [one.state for one in of] for side, of in sides.items()} == {
        "caller": ["stored"],
        "agent": ["stored"],
    }
    with line.archive.reading() as s:
        survey = s.get_one(Survey, call.id)
        case = s.scalars(select(Case).where(Case.call_id == call.id)).one()
        owner = s.scalars(select(User.name).where(User.id == case.owner_id)).one()
    assert (survey.score, owner) == (1, "wang")
    row = agent_row(line, "wang")
    assert (row.state, row.call_id) == (agents.READY, None)


async def test_who_does_not_answer_is_followed_by_the_next_and_after_two_calls_counts_as_gone(line):
    wang = await line.agent("wang", code=180)
    caller = await line.call()
    await caller.press("0")
    await wang.rings(limit=20)
    li = await line.agent("li")
    await li.answered(limit=20)
    await hear_each_other(line, caller, li)
    await caller.hang_up()
    (call,) = await line.settled()
    assert call.outcome == "spoken", "a caller who hangs up after the talk was served"
    assert agent_row(line, "wang").state == agents.READY, "one missed call is no absence"
    assert [event.detail.get("agent") for event in call.events if event.kind == "agent-answered"] == ["802"]


async def test_a_caller_may_leave_a_message_instead_of_waiting_and_hears_the_place_in_the_queue(line):
    wang = await line.agent("wang")
    first = await put_through(line, wang)
    second = await line.call()
    await second.press("0")
    await second.hears("queue.next")
    await second.hears("queue.message-key")
    await second.press("#")
    await second.hears("voicemail.describe")
    await second.hang_up()
    await wang.hang_up()
    await first.begins_to_hear("survey.ask")
    await first.hang_up()
    calls = await line.settled(2)
    assert [call.outcome for call in calls] == ["spoken", "hung-up"]
    with line.archive.reading() as s:
        assert agents.queue(s) == []


async def test_an_agent_puts_on_hold_and_passes_on_and_the_first_stays_the_owner(line):
    wang, li = await line.agent("wang"), await line.agent("li", ready=False)
    caller = await put_through(line, wang)
    wish(line, "wang", "hold")
    await caller.begins_to_hear("queue.music")
    wish(line, "wang", "resume")
    await hear_each_other(line, caller, wang)
    with line.archive.session() as s:
        agents.set_state(s, agent_row(line, "li").user_id, agents.READY, agent_row(line, "li").since)
    wish(line, "wang", "transfer", "802")
    await li.answered(limit=20)
    assert (await wang.ended()).by == "them"
    await hear_each_other(line, caller, li)
    wish(line, "li", "hang-up")
    await caller.hears("survey.ask")
    await caller.press("3")
    await caller.hears("survey.sorry")
    await caller.ended(limit=20)
    (call,) = await line.settled()
    assert [one.state for one in recordings(call)["agent"]] == ["stored", "stored"]
    with line.archive.reading() as s:
        asked, follow_up = s.scalars(select(Case).where(Case.call_id == call.id).order_by(Case.number))
        owner = s.scalars(select(User.name).where(User.id == asked.owner_id)).one()
        survey = s.get_one(Survey, call.id)
        scored = s.scalars(select(User.name).where(User.id == survey.user_id)).one()
    assert (owner, scored, survey.score) == ("wang", "li", 3)
    assert (follow_up.flow, follow_up.owner_id, follow_up.contact) == ("follow-up", None, call.caller)


async def test_whom_nobody_answers_a_transfer_comes_back_to_the_first_agent(line):
    wang, li = await line.agent("wang"), await line.agent("li", code=180)
    caller = await put_through(line, wang)
    wish(line, "wang", "transfer", "802")
    await li.rings(limit=20)
    await li.ended(limit=20)
    await hear_each_other(line, caller, wang)
    await caller.hang_up()
    await wang.ended()
    (call,) = await line.settled()
    assert {side: [one.state for one in of] for side, of in recordings(call).items()} == {
        "caller": ["stored"], "agent": ["stored"],
    }  # fmt: skip
    assert [agent_row(line, name).call_id for name in ("wang", "li")] == [None, None]


async def test_two_who_talk_do_not_notice_that_the_controller_dies(line):
    wang = await line.agent("wang")
    caller = await put_through(line, wang)
    await hear_each_other(line, caller, wang)
    await line.kill_controller()
    await hear_each_other(line, caller, wang)
    await line.start_controller()
    await hear_each_other(line, caller, wang)
    await wang.hang_up()
    await caller.hears("survey.ask")
    await caller.press("1")
    await caller.ended(limit=20)
    (call,) = await line.settled()
    assert call.outcome == "spoken"
    assert {side: [one.state for one in of] for side, of in recordings(call).items()} == {
        "caller": ["stored"], "agent": ["stored"],
    }  # fmt: skip
    assert recordings(call)["agent"][0].duration > 8, "one recording through the controller's death"
    assert agent_row(line, "wang").call_id is None


async def test_who_waits_keeps_the_place_when_the_controller_dies(line):
    await line.agent("away", code=180)
    caller = await line.call()
    await caller.press("0")
    await caller.begins_to_hear("queue.welcome")
    await line.until(lambda: agent_row(line, "away").call_id, "the telephone rings")
    await line.kill_controller()
    wang = await line.agent("wang")
    await line.start_controller()
    await caller.hears("system.one-moment")
    await wang.answered(limit=30)
    await hear_each_other(line, caller, wang)
    await wang.hang_up()
    await caller.begins_to_hear("survey.ask")
    await caller.hang_up()
    await line.settled()


async def test_a_telephone_that_is_not_there_is_passed_over_and_its_agent_paused(line):
    gone = await line.agent("gone")
    await gone.close()
    caller = await line.call()
    await caller.press("0")
    await caller.hears("voicemail.describe", limit=40)
    await caller.hang_up()
    await line.settled()
    row = agent_row(line, "gone")
    assert (row.state, row.reason, row.call_id) == (agents.PAUSED, agents.PHONE_SILENT, None)
