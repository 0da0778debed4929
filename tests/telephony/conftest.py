"""A hotline for each test, with real phones."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lianxin.asterisk.installing import install_asterisk
from lianxin.asterisk.program import AsteriskProgram
from lianxin.settings import Settings
from tests.telephony.phone import Phones
from tests.telephony.stage import Stage

WAITING = Path(__file__).parents[1] / "asr" / "audio" / "waiting.wav"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("telephony")


@pytest.fixture(scope="session")
def program() -> AsteriskProgram:
    return install_asterisk(Settings(), lambda stage, done, total: None)


@pytest.fixture
async def line(program: AsteriskProgram, tmp_path: Path) -> AsyncIterator[Stage]:
    """A hotline that takes calls."""
    async with Phones(tmp_path) as phones:
        stage = Stage(program, tmp_path, phones)
        try:
            await stage.start()
            yield stage
        finally:
            await stage.close()


@pytest.fixture
def speech() -> Path:
    """Some seconds of speech."""
    return WAITING
