"""A hotline for each test, with real phones."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from lianxin.asterisk.installing import install_asterisk
from lianxin.asterisk.program import AsteriskProgram
from lianxin.settings import Settings
from recordings.tables import Customer, CustomerPhone
from tests.telephony.phone import Phones
from tests.telephony.residents import NUMBER
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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hotline(program: AsteriskProgram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """A hotline for a whole module, which knows one customer. Its tests run in the module's loop."""
    folder = tmp_path_factory.mktemp("flows")
    async with Phones(folder) as phones:
        stage = Stage(program, folder, phones)
        stage.environment["LIANXIN_IVR__KEY_GAP"] = "1.5"
        try:
            await stage.start()
            with stage.archive.session() as s:
                s.add(
                    Customer(
                        number=NUMBER, name="张三", address="解放路 8 号", district="2", balance=-1205, last_bill=8830,
                        due_on=date(2031, 3, 21), price_step=2, updated_at=datetime.now(UTC),
                        phones=[CustomerPhone(phone="13800009999")],
                    )
                )  # fmt: skip
            yield stage
        finally:
            await stage.close()


@pytest.fixture
def speech() -> Path:
    """Some seconds of speech."""
    return WAITING
