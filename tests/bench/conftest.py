"""What the benchmark's tests share."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now_utc() -> datetime:
    return datetime(2026, 11, 21, tzinfo=UTC)
