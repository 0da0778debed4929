"""Which words are expected after which: the language model of all texts together."""

import random

from tools.trial_model.backoff import Backoff, tabulate
from tools.trial_model.language import Mixture, Smoothed, weigh
from tools.trial_model.texts import SEED, Texts

TEMPLATES = 0.05
"""Weight of the templates: fixed, for their numbers, addresses and agents' phrases are in no other text."""
FREE = 0.05
"""Weight of the freely said: fixed too, for their fillers and repeats are in no written text."""
KEPT_ASIDE = 10
"""Of so many written sentences one weighs the other parts and is counted only afterwards."""
LEAST_IN_REVIEWS = 2
GAIN = 5e-8
"""Grams that say less than this beyond their shorter ones are left out; see `tabulate`."""
UNKNOWN_CHANCE = 1e-5


def expect(texts: Texts) -> Backoff:
    """The tables of the mixture."""
    known = frozenset(texts.vocabulary)
    written = [*texts.written, *texts.read]
    random.Random(SEED).shuffle(written)
    cut = len(written) // KEPT_ASIDE
    reviews = Smoothed(texts.reviews, known, least=LEAST_IN_REVIEWS)
    weights = weigh({"written": Smoothed(written[cut:], known), "reviews": reviews}, written[:cut], known)
    parts = {
        "templates": Smoothed(texts.templates, known),
        "free": Smoothed(texts.free, known),
        "written": Smoothed(written, known),
        "reviews": reviews,
    }
    rest = {name: weight * (1 - TEMPLATES - FREE) for name, weight in weights.items()}
    mixture = Mixture(parts, {"templates": TEMPLATES, "free": FREE, **rest})
    table = tabulate(mixture, texts.vocabulary, GAIN)
    table.unigrams["[unk]"] = UNKNOWN_CHANCE
    return table
