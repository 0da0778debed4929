"""What an agent sees of the queue: frozen rows, moments in the utility's zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from recordings import agents
from recordings.tables import Agent, Call, Event

MOVES = ("agent-answered", "agent-hold", "agent-resume", "agent-transfer", "agent-not-free")
"""Events from which it follows where a talk stands."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One agent."""

    name: str
    extension: str
    state: str
    """away | ready | paused."""
    reason: str
    since: datetime
    in_call: bool
    wrapping_up: timedelta | None
    """Until the next call may come; None when it may come now."""

    @property
    def free(self) -> bool:
        """Whether a call can be passed on to this agent."""
        return self.state == agents.READY and not self.in_call


@dataclass(frozen=True, slots=True)
class InHand:
    """The call that rings at an agent's telephone or is talked in."""

    call_id: str
    caller: str
    """Empty when withheld, or when it is a call of a district that the reader does not see."""
    seen: bool
    """Whether the reader may open the call."""
    case: int | None
    talking: bool
    """False while it rings."""
    since: datetime | None
    """When the two began to talk; None while it rings."""
    held: bool
    passing_on: bool
    """Whether another agent is being rung for it."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A caller who waits."""

    call_id: str
    caller: str
    waited: timedelta
    first: bool
    """Danger, or called again and again."""


@dataclass(frozen=True, slots=True)
class Hall:
    """Everything on the page."""

    me: Seat | None
    """None for a user without a telephone."""
    in_hand: InHand | None
    waiting: tuple[Waiter, ...]
    others: tuple[Seat, ...]


def hall(s: Session, user_id: int, now: datetime, zone: ZoneInfo) -> Hall:
    """The queue as a user sees it. `now` is in UTC."""
    everybody = agents.agents(s)
    mine = next((agent for agent in everybody if agent.user_id == user_id), None)
    return Hall(
        me=seat_of(mine, now, zone) if mine else None,
        in_hand=in_hand_of(s, mine, zone) if mine else None,
        waiting=waiters(s, now),
        others=tuple(seat_of(agent, now, zone) for agent in everybody if agent is not mine),
    )


def seat_of(agent: Agent, now: datetime, zone: ZoneInfo) -> Seat:
    """An agent as the pages show one."""
    return Seat(
        name=agent.user.name,
        extension=agent.extension,
        state=agent.state,
        reason=agent.reason,
        since=agent.since.astimezone(zone),
        in_call=agent.call_id is not None,
        wrapping_up=agent.free_since - now if agent.call_id is None and agent.free_since > now else None,
    )


def in_hand_of(s: Session, agent: Agent, zone: ZoneInfo) -> InHand | None:
    """What is known of the call at an agent's telephone, by its timeline; None without one."""
    if agent.call_id is None:
        return None
    call = s.get(Call, agent.call_id, options=[selectinload(Call.cases)])
    if call is None:
        return InHand(agent.call_id, "", False, None, True, None, False, False)
    wanted = select(Event).where(Event.call_id == call.id, Event.kind.in_(MOVES)).order_by(Event.id)
    talking = held = held_before = passing_on = False
    since = None
    for event in s.scalars(wanted):
        match event.kind:
            case "agent-answered":
                talking, held, passing_on = event.detail.get("agent") == agent.extension, False, False
                since = event.at.astimezone(zone) if talking else None
            case "agent-transfer":
                passing_on, held_before, held = True, held, False
            case "agent-not-free":
                passing_on, held = False, held_before
            case kind:
                held, passing_on = kind == "agent-hold", False
    case = call.cases[-1].number if call.cases else None
    return InHand(call.id, call.caller, True, case, talking, since, held, passing_on)


def waiters(s: Session, now: datetime) -> tuple[Waiter, ...]:
    """Who waits, in the order in which they are answered."""
    rows = agents.queue(s)
    callers = {call.id: call.caller for call in s.scalars(select(Call).where(Call.id.in_([r.call_id for r in rows])))}
    return tuple(Waiter(row.call_id, callers[row.call_id], now - row.since, row.first) for row in rows)
