"""Callers and agents, with real telephones on both sides."""

from sqlalchemy import select

from recordings import agents
from recordings.tables import Agent, Case, Recording, Survey, User
from tests.telephony.stage import Stage


def recordings(call) -> dict[str, Recording]:
    return {leg.side: recording for leg in call.legs for recording in leg.recordings}


def state_of(line: Stage, name: str) -> tuple[str, str, str | None]:
    with line.archive.reading() as s:
        agent = s.scalars(select(Agent).join(User).where(User.name == name)).one()
        return agent.state, agent.reason, agent.call_id


async def test_a_caller_talks_to_an_agent_and_says_how_it_was(line, speech):
    wang = await line.agent("wang")
    caller = await line.call()
    await caller.press("0")
    await caller.hears("queue.welcome")
    await wang.answered(limit=15)
    await wang.say(speech)
    await caller.say(speech)
    await wang.hang_up()
    await caller.hears("survey.ask")
    await caller.press("1")
    await caller.hears("survey.thanks")
    await caller.hears("goodbye")
    assert (await caller.ended()).by == "them"
    (call,) = await line.settled()
    assert call.outcome == "spoken"
    sides = recordings(call)
    assert {side: one.state for side, one in sides.items()} == {"caller": "stored", "agent": "stored"}
    assert sides["agent"].duration > 2
    with line.archive.reading() as s:
        survey = s.get_one(Survey, call.id)
        case = s.scalars(select(Case).where(Case.call_id == call.id)).one()
        owner = s.scalars(select(User.name).where(User.id == case.owner_id)).one()
    assert (survey.score, owner) == (1, "wang")
    assert state_of(line, "wang") == (agents.READY, "", None)
