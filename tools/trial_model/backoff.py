"""The mixed trigram written down as tables of a backoff model, without what hardly says anything."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.trial_model.language import END, Gram, Mixture


@dataclass(frozen=True)
class Backoff:
    """The mixture as tables: each context's own words, and what is left for the shorter context."""

    unigrams: dict[str, float]
    following: dict[Gram, dict[str, float]]
    """Probabilities by context of one or two words."""
    left: dict[Gram, float]
    """Backoff weight of each context."""


def tabulate(mixture: Mixture, vocabulary: Sequence[str], gain: float) -> Backoff:
    """Write the mixture down, leaving out every gram of two or three words that the shorter context says nearly as
    well: whose probability times the logarithm of the gain is under `gain` (after Seymore and Rosenfeld 1996).
    """
    unigrams = {word: mixture.probability(word, ()) for word in (*vocabulary, END)}
    grams: dict[Gram, dict[str, float]] = defaultdict(dict)
    left: dict[Gram, float] = {}
    weight = _context_weights(mixture)
    for size in (2, 3):
        rows: dict[Gram, dict[str, float]] = defaultdict(dict)
        for part in mixture.parts.values():
            for gram in part.grams(size):
                context, word = gram[:-1], gram[-1]
                if word in rows[context]:
                    continue
                chance, shorter = mixture.probability(word, context), mixture.probability(word, context[1:])
                if weight[context] * chance * abs(math.log(chance / shorter)) >= gain:
                    rows[context][word] = chance
        for context, row in rows.items():
            if size == 3 and context[1:] not in grams:
                continue
            if row:
                grams[context] = row
                lower = sum(_backed_off(word, context[1:], unigrams, grams, left) for word in row)
                left[context] = max(1 - sum(row.values()), 1e-6) / max(1 - lower, 1e-6)
    return Backoff(unigrams, dict(grams), left)


def _context_weights(mixture: Mixture) -> dict[Gram, float]:
    """How often each context is met, as a share of all words."""
    weights: dict[Gram, float] = defaultdict(float)
    for name, part in mixture.parts.items():
        for context, share in part.met.items():
            weights[context] += mixture.weights[name] * share
    return weights


def _backed_off(
    word: str,
    context: Gram,
    unigrams: Mapping[str, float],
    grams: Mapping[Gram, Mapping[str, float]],
    left: Mapping[Gram, float],
) -> float:
    """What the tables give for a word after a context."""
    if not context:
        return unigrams.get(word, 0.0)
    row = grams.get(context, {})
    return row[word] if word in row else left.get(context, 1.0) * unigrams.get(word, 0.0)
