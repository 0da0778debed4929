"""What all tests share: the ones that wait longest begin first."""

import os
from collections.abc import Iterator

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real calls take as long as calls take: begun first, they are not what everybody waits for at the end."""
    items.sort(key=lambda item: not {"telephony", "browser"} & {mark.name for mark in item.iter_markers()})


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """What the command makes is its user's alone, as long as the process lives: a test gives the mask back."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)
