"""What all tests share: the ones that wait longest begin first."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real calls take as long as calls take: begun first, they are not what everybody waits for at the end."""
    items.sort(key=lambda item: not {"telephony", "browser"} & {mark.name for mark in item.iter_markers()})
