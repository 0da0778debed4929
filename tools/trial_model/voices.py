"""Who says it: voices with exact times of every phone, so that nothing has to be aligned."""

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.trial_model.pronouncing import Pronouncing, Syllables

OTHER_READING = 0.3
"""How often a character with several readings is said in another than the usual one."""


@dataclass(frozen=True)
class Said:
    """One utterance."""

    samples: NDArray[np.int16]
    rate: int
    segments: list[tuple[str, float, float]]
    """Phone, begin and end in seconds, in order; gaps are silence."""


def choose_readings(words: list[str], pronouncing: Pronouncing, chance: random.Random) -> list[Syllables]:
    """A reading of each word."""
    chosen = []
    for word in words:
        usual, *others = pronouncing.readings(word)
        chosen.append(chance.choice(others) if others and chance.random() < OTHER_READING else usual)
    return chosen
