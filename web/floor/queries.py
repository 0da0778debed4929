"""Everything that is going on at a moment: frozen rows, moments in the utility's zone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from recordings import agents
from recordings.tables import Call, Event
from web.days import begin_of
from web.queue.queries import InHand, Seat, Waiter, in_hand_of, seat_of, waiters
from web.reports.promises import Promises, promises_of_day

LONGEST = timedelta(hours=12)
"""What rang longer ago is on no line any more; its controller closes it when it starts again."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """An agent, what is in the agent's hand, and how the day went so far."""

    seat: Seat
    in_hand: InHand | None
    answered: int
    """Calls that this agent answered today."""

    @property
    def standing(self) -> str:
        """The id of the phrase that says what the agent does."""
        if self.in_hand is None:
            return f"presence.{self.seat.state}"
        if self.in_hand.passing_on:
            return "hall.passing-on"
        if self.in_hand.held:
            return "scene.holds"
        return "hall.in-call" if self.in_hand.talking else "scene.rings"

    @property
    def pause(self) -> str:
        """Why the agent pauses, as the archive has it; empty for one who does not."""
        return self.seat.reason if self.in_hand is None and self.seat.state == agents.PAUSED else ""

    @property
    def since(self) -> datetime | None:
        """When what the agent does began; None while the telephone rings."""
        return self.in_hand.since if self.in_hand else self.seat.since


@dataclass(frozen=True, slots=True)
class OnLine:
    """A caller who talks with nobody: in a menu, leaving a message."""

    call_id: str
    caller: str
    where: str
    """The menu or flow entered last; empty before the first."""
    since: datetime
    """When it rang."""
    ours: bool
    """Whether it was we who called the resident."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Everything on the page."""

    seats: tuple[AtWork, ...]
    """Those who talk first, then the ready, the paused and the others."""
    waiting: tuple[Waiter, ...]
    on_line: tuple[OnLine, ...]
    promises: Promises

    @property
    def talking(self) -> int:
        """Agents who talk with somebody."""
        return sum(one.in_hand is not None and one.in_hand.talking for one in self.seats)

    @property
    def ready(self) -> int:
        """Agents who can be rung at once."""
        return sum(one.seat.free for one in self.seats)


def floor(s: Session, now: datetime, zone: ZoneInfo) -> Floor:
    """What is going on. `now` is in UTC."""
    today = now.astimezone(zone).date()
    everybody = agents.agents(s)
    answered = _answered(s, today, zone)
    seats = [
        AtWork(seat_of(agent, now, zone), in_hand_of(s, agent, zone), answered.get(agent.extension, 0))
        for agent in everybody
    ]
    waiting = waiters(s, now)
    elsewhere = {agent.call_id for agent in everybody} | {waiter.call_id for waiter in waiting}
    return Floor(
        tuple(sorted(seats, key=lambda one: (_rank(one), one.seat.extension))),
        waiting,
        _on_line(s, elsewhere, now, zone),
        promises_of_day(s, today, zone, now),
    )


def _rank(one: AtWork) -> int:
    """Where an agent stands on the page: who talks or is rung comes first, who has gone home last."""
    if one.in_hand is not None:
        return 0
    return {agents.READY: 1, agents.PAUSED: 2}.get(one.seat.state, 3)


def _answered(s: Session, day: date, zone: ZoneInfo) -> dict[str, int]:
    """How many calls each extension answered on a day."""
    counts: dict[str, set[str]] = {}
    calls = select(Call.id).where(Call.started_at >= begin_of(day, zone))
    wanted = select(Event.call_id, Event.detail).where(Event.kind == "agent-answered", Event.call_id.in_(calls))
    for call_id, detail in s.execute(wanted):
        counts.setdefault(str(detail.get("agent", "")), set()).add(call_id)
    return {extension: len(calls) for extension, calls in counts.items()}


def _on_line(s: Session, elsewhere: Collection[str | None], now: datetime, zone: ZoneInfo) -> tuple[OnLine, ...]:
    """Calls that nobody closed, without those that an agent has or that wait for one; the longest first."""
    live = select(Call).where(Call.ended_at.is_(None), Call.started_at >= now - LONGEST)
    calls = s.scalars(live.order_by(Call.started_at).limit(200))
    return tuple(
        OnLine(
            call.id,
            call.caller,
            call.menu_path.rpartition("/")[2],
            call.started_at.astimezone(zone),
            call.direction == "out",
        )
        for call in calls
        if call.id not in elsewhere
    )
