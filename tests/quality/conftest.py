"""A judge with the rules that we ship, and voices whose truth is known because we made them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from quality.judging import Judgement, judge
from quality.rulebook import Rulebook
from quality.turns import Turn

RULES = Path(__file__).parents[2] / "config" / "quality"
RATE = 8000


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return Rulebook.of_folder(RULES)


@pytest.fixture
def hits(rulebook: Rulebook) -> Callable[..., list[str]]:
    """Rules of the wording that an agent's (or caller's) sentence breaks, after a polite beginning."""

    def judged(text: str, channel: str = "agent") -> list[str]:
        turns = [Turn("agent", 0, 3, "您好，供电热线，请问有什么可以帮您？"), Turn(channel, 10, 14, text)]
        return [f.rule for f in judge(rulebook, turns).findings if f.rule.startswith(("forbidden.", "fault."))]

    return judged


def turns_of(*rows: tuple[str, float, float, str]) -> list[Turn]:
    return [Turn(*row) for row in rows]


def voice(seconds: float, hertz: float, dbfs: float = -20.0) -> NDArray[np.float32]:
    """A buzz with a voice's harmonics up to the telephone's 3400 Hz, at a level in dBFS (mean square)."""
    at = np.arange(round(seconds * RATE)) / RATE
    sound = sum(np.cos(2 * np.pi * hertz * n * at) / n for n in range(1, int(3400 / hertz) + 1))
    return (sound / np.sqrt(np.mean(np.square(sound))) * 10 ** (dbfs / 20)).astype(np.float32)


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * RATE), np.float32)


def a_law(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is left after a telephone line: ITU-T G.711 A-law, as a formula (A = 87.6) in 8 bits."""
    size = np.minimum(np.abs(samples), 1.0)
    a = 87.6
    small = a * size / (1 + np.log(a))
    large = (1 + np.log(np.maximum(a * size, 1.0))) / (1 + np.log(a))
    coded = np.round(np.where(size < 1 / a, small, large) * 127) / 127
    back = np.where(coded < 1 / (1 + np.log(a)), coded * (1 + np.log(a)) / a, np.exp(coded * (1 + np.log(a)) - 1) / a)
    return (np.sign(samples) * back).astype(np.float32)


def judgement(rulebook: Rulebook, *rows: tuple[str, float, float, str]) -> Judgement:
    return judge(rulebook, turns_of(*rows))
