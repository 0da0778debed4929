"""Who answers calls, who waits, and whom each agent speaks to. Every entry is one short transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from recordings.errors import AgentRefused, AgentUnknown
from recordings.ledger import log_event, open_case
from recordings.tables import Agent, Call, Case, Event, Survey, User, Waiting, Wish
from recordings.users import known_user

AWAY, READY, PAUSED = "away", "ready", "paused"
FIRST_EXTENSION = 801
PHONE_SILENT = "no-answer"
"""Why an agent is paused whose telephone rang in vain."""
NOT_SATISFIED = 3
WISHES = ("hold", "resume", "transfer", "hang-up")


def add_agent(s: Session, name: str, at: datetime, extension: str = "") -> Agent:
    """Give a user of the console a telephone; the next free extension when none is named.

    Raises UserUnknown, and AgentRefused when the user has one already or the extension is taken or no number.
    """
    user = known_user(s, name)
    if s.get(Agent, user.id) is not None:
        raise AgentRefused(f"{user.name} is an agent already; `lianxin agent list` shows the extension")
    taken = set(s.scalars(select(Agent.extension)))
    if not extension:
        extension = next(str(n) for n in range(FIRST_EXTENSION, 10**8) if str(n) not in taken)
    if not (extension.isascii() and extension.isdecimal() and 2 <= len(extension) <= 8):
        raise AgentRefused(f"{extension!r} is no extension; give 2 to 8 digits")
    if extension in taken:
        raise AgentRefused(f"extension {extension} is taken; choose another")
    agent = Agent(user_id=user.id, extension=extension, since=at, free_since=at, user=user)
    s.add(agent)
    s.flush()
    return agent


def known_agent(s: Session, name: str) -> Agent:
    """An agent by name. Raises AgentUnknown."""
    found = s.scalars(select(Agent).join(User).where(User.name == name.strip()).options(joinedload(Agent.user))).first()
    if found is None:
        raise AgentUnknown(f"there is no agent {name.strip()}; `lianxin agent list` shows those there are")
    return found


def agents(s: Session) -> Sequence[Agent]:
    """All agents, by extension."""
    return s.scalars(select(Agent).options(joinedload(Agent.user)).order_by(Agent.extension)).all()


def remove_agent(s: Session, name: str) -> str:
    """Take an agent's telephone away; gives the extension. The user stays. Raises AgentUnknown."""
    agent = known_agent(s, name)
    s.delete(agent)
    return agent.extension


def set_state(s: Session, user_id: int, state: str, at: datetime, reason: str = "") -> Agent:
    """An agent comes, pauses or goes. Who becomes ready joins at the end of those who are free. Raises AgentUnknown."""
    agent = s.get(Agent, user_id, with_for_update=True)
    if agent is None:
        raise AgentUnknown("this user has no telephone; give one with: lianxin agent add")
    if (agent.state, agent.reason) != (state, reason):
        if state == READY:
            agent.free_since = at
        agent.state, agent.reason, agent.since = state, reason[:40], at
    return agent


def on_duty(s: Session) -> bool:
    """Whether anybody is ready or in a call: somebody who waits will be answered."""
    return s.scalar(select(Agent.user_id).where(Agent.state == READY).limit(1)) is not None


def joined(s: Session, call_id: str, at: datetime, *, first: bool) -> datetime:
    """A caller begins to wait, or goes on waiting after a restart; since when."""
    known = s.get(Waiting, call_id)
    if known is None:
        known = Waiting(call_id=call_id, since=at, first=first)
        s.add(known)
        log_event(s, call_id, "waits", at)
    return known.since


def left(s: Session, call_id: str) -> None:
    """A caller waits no more."""
    s.execute(delete(Waiting).where(Waiting.call_id == call_id))


def queue(s: Session) -> Sequence[Waiting]:
    """Who waits, in the order in which they are answered. A call that has ended does not count."""
    wanted = select(Waiting).join(Call, Call.id == Waiting.call_id).where(Call.ended_at.is_(None))
    return s.scalars(wanted.order_by(Waiting.first.desc(), Waiting.since, Waiting.call_id)).all()


def next_agent(s: Session, call_id: str, at: datetime) -> Agent | None:
    """The agent for a caller who waits: the one free for longest, if more are free than callers are before this one.

    The agent is taken: nobody else gets the same one until `freed`.
    """
    waiting = [row.call_id for row in queue(s)]
    if call_id not in waiting:
        return None
    free = (
        select(Agent)
        .where(Agent.state == READY, Agent.call_id.is_(None), Agent.free_since <= at)
        .options(joinedload(Agent.user))
    )
    found = s.scalars(free.order_by(Agent.free_since, Agent.extension).with_for_update()).all()
    if len(found) <= waiting.index(call_id):
        return None
    found[0].call_id = call_id
    return found[0]


def take_agent(s: Session, extension: str, call_id: str) -> Agent | None:
    """A certain agent for a call that is transferred; None when that one is not ready or not free."""
    wanted = select(Agent).where(Agent.extension == extension, Agent.state == READY, Agent.call_id.is_(None))
    found = s.scalars(wanted.options(joinedload(Agent.user)).with_for_update()).first()
    if found is not None:
        found.call_id = call_id
    return found


def freed(s: Session, user_id: int, at: datetime) -> None:
    """An agent's call is over, or was not answered: the agent joins the end of those who are free, from then on."""
    s.execute(update(Agent).where(Agent.user_id == user_id).values(call_id=None, free_since=at))


def agent_of(s: Session, call_id: str) -> Agent | None:
    """Who speaks to a call, by the books."""
    return s.scalars(select(Agent).where(Agent.call_id == call_id).options(joinedload(Agent.user))).first()


def waits(s: Session, call_id: str) -> bool:
    """Whether the caller was waiting for an agent, by the books."""
    return s.get(Waiting, call_id) is not None


def tidy(s: Session, at: datetime) -> None:
    """Let go of agents and places in the queue whose call has ended, as after a crash."""
    over = select(Call.id).where(Call.ended_at.is_not(None))
    s.execute(update(Agent).where(Agent.call_id.in_(over)).values(call_id=None, free_since=at))
    s.execute(delete(Waiting).where(Waiting.call_id.in_(over)))


def has_wishes(s: Session, call_id: str) -> bool:
    """Whether an agent wants something done with a call."""
    return s.scalar(select(Wish.id).where(Wish.call_id == call_id, Wish.done_at.is_(None)).limit(1)) is not None


def answered_by(s: Session, call_id: str, agent_id: int, case: int, at: datetime) -> None:
    """An agent answered: the first one is the owner of the case 首问负责人 and stays it."""
    agent = s.get_one(Agent, agent_id)
    agent.call_id = call_id
    found = s.get_one(Case, case)
    found.owner_id = found.owner_id or agent_id
    log_event(s, call_id, "agent-answered", at, agent=agent.extension)


def wish(s: Session, user_id: int, kind: str, at: datetime, target: str = "") -> Wish:
    """An agent at the console wants something done with the call in hand. Raises AgentRefused without a call."""
    agent = s.get(Agent, user_id)
    if agent is None or agent.call_id is None:
        raise AgentRefused("there is no call in hand; it may just have ended")
    wanted = Wish(call_id=agent.call_id, user_id=user_id, kind=kind, target=target, at=at)
    s.add(wanted)
    s.flush()
    return wanted


def open_wishes(s: Session, call_id: str, user_id: int, at: datetime) -> list[tuple[str, str]]:
    """What that agent wants done with a call and was not done yet, oldest first; it counts as done now."""
    wanted = select(Wish).where(Wish.call_id == call_id, Wish.user_id == user_id, Wish.done_at.is_(None))
    found = s.scalars(wanted.order_by(Wish.id)).all()
    for one in found:
        one.done_at = at
    return [(one.kind, one.target) for one in found]


def surveyed(s: Session, call_id: str, score: int, at: datetime) -> None:
    """What the caller pressed, and to whom they had spoken last; the first answer counts.

    3, not satisfied, opens a case of its own that has no owner yet: a supervisor sees to it.
    """
    spoken = select(Event).where(Event.call_id == call_id, Event.kind == "agent-answered").order_by(Event.id.desc())
    last = s.scalars(spoken.limit(1)).first()
    agent = s.scalars(select(Agent).where(Agent.extension == last.detail["agent"])).first() if last else None
    if agent is None or s.get(Survey, call_id) is not None:
        return
    s.add(Survey(call_id=call_id, user_id=agent.user_id, score=score, at=at))
    log_event(s, call_id, "surveyed", at, score=score)
    if score == NOT_SATISFIED:
        number = open_case(s, call_id=call_id, flow="follow-up", at=at)
        s.get_one(Case, number).contact = number_of_caller(s, call_id)[:40]


def recent_calls(s: Session, caller: str, since: datetime) -> int:
    """How often a number has rung since a moment; 0 for a withheld one."""
    if not caller:
        return 0
    return s.scalar(select(func.count()).where(Call.caller == caller, Call.started_at >= since)) or 0


def number_of_caller(s: Session, call_id: str) -> str:
    """The number of whoever is on the line; '' when withheld."""
    return s.scalar(select(Call.caller).where(Call.id == call_id)) or ""


def case_of_call(s: Session, call_id: str, agent_id: int, caller: str, at: datetime) -> int:
    """An agent answers: the call's case, opened if there is none yet; the first agent is its owner and stays it."""
    found = s.scalars(select(Case).where(Case.call_id == call_id).order_by(Case.number.desc())).first()
    number = found.number if found else open_case(s, call_id=call_id, flow="person", at=at)
    case = s.get_one(Case, number)
    case.contact = case.contact or caller[:40]
    answered_by(s, call_id, agent_id, number, at)
    return number
