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
    """Empty when withheld."""
    case: int | None
    talking: bool
    """False while it rings."""
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
        me=_seat(mine, now, zone) if mine else None,
        in_hand=_in_hand(s, mine.call_id, mine.extension) if mine and mine.call_id else None,
        waiting=_waiting(s, now),
        others=tuple(_seat(agent, now, zone) for agent in everybody if agent is not mine),
    )


def _seat(agent: Agent, now: datetime, zone: ZoneInfo) -> Seat:
    return Seat(
        name=agent.user.name,
        extension=agent.extension,
        state=agent.state,
        reason=agent.reason,
        since=agent.since.astimezone(zone),
        in_call=agent.call_id is not None,
        wrapping_up=agent.free_since - now if agent.call_id is None and agent.free_since > now else None,
    )


def _in_hand(s: Session, call_id: str, extension: str) -> InHand:
    call = s.get_one(Call, call_id, options=[selectinload(Call.cases)])
    wanted = select(Event).where(Event.call_id == call_id, Event.kind.in_(MOVES)).order_by(Event.id)
    talking = held = held_before = passing_on = False
    for event in s.scalars(wanted):
        match event.kind:
            case "agent-answered":
                talking, held, passing_on = event.detail.get("agent") == extension, False, False
            case "agent-transfer":
                passing_on, held_before, held = True, held, False
            case "agent-not-free":
                passing_on, held = False, held_before
            case kind:
                held, passing_on = kind == "agent-hold", False
    case = call.cases[-1].number if call.cases else None
    return InHand(call_id, call.caller, case, talking, held, passing_on)


def _waiting(s: Session, now: datetime) -> tuple[Waiter, ...]:
    rows = agents.queue(s)
    callers = {call.id: call.caller for call in s.scalars(select(Call).where(Call.id.in_([r.call_id for r in rows])))}
    return tuple(Waiter(row.call_id, callers[row.call_id], now - row.since, row.first) for row in rows)
