"""Which calls people listen to: the same ones for the same seed, spread over agents."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A call that may be listened to."""

    call_id: str
    agent: str
    fatal: bool = False
    """The machine found something fatal: always listened to."""
    dissatisfied: bool = False
    """The caller gave a low mark: always listened to."""
    new_agent: bool = False
    """The agent is new: always listened to."""


def sample(candidates: Sequence[Candidate], share: float, seed: int) -> tuple[str, ...]:
    """Ids of the calls to listen to: all that must be, and of the rest a random share of each agent's, rounded up.

    `share` is 0 to 1. The order in which candidates are given does not matter. Raises ValueError for another share.
    """
    if not 0 <= share <= 1:
        raise ValueError("the share must be 0 to 1")
    musts = {each.call_id for each in candidates if each.fatal or each.dissatisfied or each.new_agent}
    rest: dict[str, list[str]] = {}
    for each in candidates:
        if each.call_id not in musts:
            rest.setdefault(each.agent, []).append(each.call_id)
    chosen = set(musts)
    for agent, ids in rest.items():
        many = -(-len(ids) * round(share * 1_000_000) // 1_000_000)
        chosen.update(random.Random(f"{seed}:{agent}").sample(sorted(ids), many))
    return tuple(sorted(chosen))


def draw(candidates: Sequence[Candidate], many: int, seed: int) -> tuple[str, ...]:
    """So many calls, all of them when there are fewer: an agent's after another's, so that few agents do not fill it.

    The order in which candidates are given does not matter.
    """
    dice = random.Random(seed)
    piles: dict[str, list[str]] = {}
    for each in sorted(candidates, key=lambda one: one.call_id):
        piles.setdefault(each.agent, []).append(each.call_id)
    for agent in sorted(piles):
        dice.shuffle(piles[agent])
    rounds = sorted((place, dice.random(), call) for pile in piles.values() for place, call in enumerate(pile))
    return tuple(sorted(call for _, _, call in rounds[: max(0, many)]))
