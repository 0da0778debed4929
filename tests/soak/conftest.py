"""Long runs. `make test` does a short slice of each, `make soak` the whole; both are seeded, and say what they did."""

import os
import sys
from collections.abc import Callable

import pytest

SEED = int(os.environ.get("SOAK_SEED", "95598"))


@pytest.fixture
def scale() -> Callable[[int, int], int]:
    """Chooses between the number for a slice and the number for the whole run."""
    whole = os.environ.get("SOAK") == "whole"
    return lambda a_slice, all_of_it: all_of_it if whole else a_slice


@pytest.fixture
def seed() -> int:
    """The seed of the run; SOAK_SEED gives another."""
    return SEED


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Says a figure, whatever pytest hides."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\nsoak: {line}\n")

    return say
