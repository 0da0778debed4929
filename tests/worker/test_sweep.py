"""The sweep announces what nobody works on, and does not nag about the rest."""

from collections.abc import Callable
from typing import Any

from recordings import stages
from recordings.archive import Archive
from worker.attempt import attempt
from worker.sweep import Sweep
from worker.tools import Tools

Record = Callable[..., str]
Make = Callable[..., Tools]


def test_a_start_announces_everything_unfinished_and_later_only_what_stalls(
    recorded: Record, tools: Make, clock: Any
) -> None:
    announced: list[str] = []
    for name in ("a", "b", "c"):
        recorded(name, at=clock())
    attempt(tools(), "b")
    sweep = Sweep(tools(), announced.append, 600)
    assert (sweep(), announced) == (2, ["a", "c"])
    clock.later(599)
    assert sweep() == 0
    attempt(tools(), "a")
    clock.later(1)
    assert (sweep(), announced) == (1, ["a", "c", "c"])
    assert sweep() == 0


def test_a_start_leaves_alone_what_a_living_worker_has_in_hand(
    archive: Archive, recorded: Record, tools: Make, clock: Any
) -> None:
    recorded("a", at=clock())
    with archive.session() as s:
        assert stages.claim(s, "a", stages.QUEUED, clock())
    clock.later(5)
    announced: list[str] = []
    sweep = Sweep(tools(), announced.append, 600)
    assert sweep() == 0
    clock.later(10)
    assert (sweep(), announced) == (1, ["a"])
