"""Legs of calls made of single sentences: a side speaks, then it listens for as long as the other side speaks."""

from collections.abc import Sequence

import numpy as np

from asr.audio import Audio

TURNS = 4
"""Sentences in a leg."""
HISS = 10 ** (-65 / 20)
"""Level of the line while nobody speaks on it."""


def legs_of_calls(sentences: Sequence[Audio], said: Sequence[str]) -> tuple[list[Audio], list[str]]:
    """The legs and what is said in them; before each sentence it is quiet for as long as the sentence lasts."""
    legs, texts = [], []
    for first in range(0, len(sentences), TURNS):
        places = range(first, min(first + TURNS, len(sentences)))
        parts = [part for at in places for part in (np.zeros_like(sentences[at].samples), sentences[at].samples)]
        sound = np.concatenate(parts)
        line = np.random.default_rng(first).normal(0, HISS, len(sound))
        legs.append(Audio((sound + line).astype(np.float32), sentences[first].rate))
        texts.append("，".join(said[at] for at in places))
    return legs, texts
