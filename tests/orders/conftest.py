"""An archive of its own for every test, with one call that has a case."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from recordings import ledger
from recordings.archive import Archive

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(f"sqlite:///{tmp_path}/lianxin.db", str(tmp_path / "archive"))
    yield opened
    opened.close()


@pytest.fixture
def case(archive: Archive) -> int:
    """The number of a case that was just opened."""
    with archive.session() as s:
        ids = {"call_id": "call-1", "channel_id": "ch-1"}
        ledger.open_call(s, **ids, node="main", caller="13800000001", line="95598", at=NOW)
        return ledger.open_case(s, call_id="call-1", flow="repair", at=NOW)
