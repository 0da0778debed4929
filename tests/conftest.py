"""What all tests share: the ones that wait longest begin first, on every worker."""

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.compiled_templates import compile_once

compile_once()
settings.register_profile("unhurried", deadline=None)  # No test fails for the machine's pace.
settings.load_profile("unhurried")

SLOW = frozenset({"telephony", "browser"})
"""Marks of tests that take as long as calls and people take, however fast the machine is."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with real calls and browsers, a share of their modules on each worker.

    xdist hands each worker a run of the list, one after the other. A module stays together: it shares an Asterisk.
    """
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    modules = defaultdict[str, list[pytest.Item]](list)
    quick = list[pytest.Item]()
    for item in items:
        is_slow = SLOW & {mark.name for mark in item.iter_markers()}
        (modules[item.nodeid.split("::")[0]] if is_slow else quick).append(item)
    shares = [list[pytest.Item]() for _ in range(workers)]
    for _, module in sorted(modules.items(), key=lambda named: (-len(named[1]), named[0])):
        min(shares, key=len).extend(module)
    size, rest = len(items) // workers, iter(quick)
    for share in shares[:-1]:
        share.extend(item for _, item in zip(range(size - len(share)), rest, strict=False))
    shares[-1].extend(rest)
    items[:] = [item for share in shares for item in share]


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """What the command makes is its user's alone, as long as the process lives: a test gives the mask back."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)
