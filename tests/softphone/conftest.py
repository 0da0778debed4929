"""Phones that call each other over loopback, and audio for them to say: the shipped prompts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ivr.prompts.catalogue import SHIPPED, Catalogue
from tests.telephony.phone import Phones


@pytest.fixture
async def phones(tmp_path: Path) -> AsyncIterator[Phones]:
    async with Phones(tmp_path) as phones:
        yield phones


@pytest.fixture(scope="session")
def prompts() -> Catalogue:
    return Catalogue.load(SHIPPED)
