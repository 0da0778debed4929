"""How far a case has come, and which moves there are."""

from enum import StrEnum

from orders.errors import MoveRefused


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    """Taken down; nobody has been sent or set to it."""
    DISPATCHED = "dispatched"
    """A crew is on its way."""
    ARRIVED = "arrived"
    """The crew is on site."""
    RESTORED = "restored"
    """Power is back; the caller has yet to be asked."""
    DONE = "done"
    """Seen to where there was nothing to restore; the caller has yet to be asked."""
    CLOSED = "closed"
    """The caller was asked, or need not be. Nothing follows."""


MOVES: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.DISPATCHED, CaseState.DONE}),
    CaseState.DISPATCHED: frozenset({CaseState.ARRIVED, CaseState.DONE}),
    CaseState.ARRIVED: frozenset({CaseState.RESTORED, CaseState.DONE}),
    # A caller who is asked and says that it is not solved takes the case up anew.
    CaseState.RESTORED: frozenset({CaseState.CLOSED, CaseState.DISPATCHED}),
    CaseState.DONE: frozenset({CaseState.CLOSED, CaseState.OPEN}),
    CaseState.CLOSED: frozenset(),
}
"""From each state, where a case may go."""

UNDER_WAY = (CaseState.OPEN, CaseState.DISPATCHED)
"""States in which a promise to come or to call is still to be kept."""

HANDLED = frozenset({CaseState.RESTORED, CaseState.DONE, CaseState.CLOSED})
"""States in which the work is done."""


def next_states(state: CaseState) -> tuple[CaseState, ...]:
    """Where a case may go from here, in the order of its life."""
    return tuple(other for other in CaseState if other in MOVES[state])


def check_move(number: int, state: CaseState, to: CaseState) -> None:
    """Raise MoveRefused, naming the moves there are, for one that is not among them."""
    if to in MOVES[state]:
        return
    ways = ", ".join(next_states(state))
    mend = f"from there it can be moved to {ways}" if ways else "open a new case instead"
    raise MoveRefused(f"case {number} is {state} and cannot become {to}; {mend}")
