"""A trigram that mixes several kinds of text, each smoothed by itself.

Smoothing: interpolated modified Kneser-Ney (Chen and Goodman 1999, section 4.1.4: three discounts an order). Mixing:
linear, the weights found by expectation-maximisation on text that no part has seen (Jelinek and Mercer 1980).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Gram = tuple[str, ...]
START, END = "<s>", "</s>"
ORDER = 3


class Smoothed:
    """A trigram of one kind of text."""

    def __init__(self, texts: Iterable[Sequence[str]], vocabulary: frozenset[str], least: int = 1) -> None:
        """Count the texts; a word outside the vocabulary ends one sentence and begins the next. Trigrams seen fewer
        than `least` times are left to the bigrams.
        """
        self._counts: list[Counter[Gram]] = [Counter() for _ in range(ORDER)]
        for text in texts:
            for known in _known(text, vocabulary):
                self._count([START, *known, END])
        self._even = 1 / (len(vocabulary) + 1)
        words = sum(count for gram, count in self._counts[0].items() if gram != (START,))
        self.met = {gram: count / words for counts in self._counts[:2] for gram, count in counts.items()}
        """How often each context of one or two words is met, as a share of all words."""
        self._lower_orders()
        if least > 1:
            rare = [gram for gram, count in self._counts[2].items() if count < least]
            for gram in rare:
                del self._counts[2][gram]
        self._discounts = [_discounts(counts) for counts in self._counts]
        self._contexts = [_contexts(counts, cut) for counts, cut in zip(self._counts, self._discounts, strict=True)]

    def _count(self, words: list[str]) -> None:
        for size in range(1, ORDER + 1):
            for at in range(len(words) - size + 1):
                self._counts[size - 1][tuple(words[at : at + size])] += 1

    def _lower_orders(self) -> None:
        """Below the highest order a gram counts by how many words it follows, except where a sentence begins."""
        for size in (1, 2):
            followed = Counter(gram[1:] for gram in self._counts[size])
            self._counts[size - 1] = Counter(
                {
                    gram: (count if gram[0] == START else followed[gram])
                    for gram, count in self._counts[size - 1].items()
                    if gram != (START,)
                }
            )

    def probability(self, word: str, context: Gram) -> float:
        """Of the word after the last two; never zero for a word of the vocabulary."""
        lower = self.probability(word, context[1:]) if context else self._even
        seen = self._contexts[len(context)].get(context)
        if seen is None:
            return lower
        total, left = seen
        count = self._counts[len(context)].get((*context, word), 0)
        cut = self._discounts[len(context)][min(count, 3)]
        return (max(count - cut, 0.0) + left * lower) / total

    def grams(self, size: int) -> Iterable[Gram]:
        """Those of one size that were seen."""
        return self._counts[size - 1]


def _known(text: Sequence[str], vocabulary: frozenset[str]) -> Iterable[list[str]]:
    """The stretches of a text that are all in the vocabulary."""
    stretch: list[str] = []
    for word in text:
        if word in vocabulary:
            stretch.append(word)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _discounts(counts: Counter[Gram]) -> tuple[float, float, float, float]:
    """What is taken from a gram seen never, once, twice, oftener (Chen and Goodman, equation 26)."""
    ones, twos, threes, fours = (sum(1 for count in counts.values() if count == times) for times in (1, 2, 3, 4))
    if not ones or not twos:
        return (0.0, 0.5, 0.5, 0.5)
    share = ones / (ones + 2 * twos)
    cut = (1 - 2 * share * twos / ones, 2 - 3 * share * threes / twos, 3 - 4 * share * fours / max(threes, 1))
    return (0.0, *(min(max(each, 0.1), times - 0.1) for times, each in enumerate(cut, 1)))  # type: ignore[return-value]


def _contexts(counts: Counter[Gram], discounts: Sequence[float]) -> dict[Gram, tuple[float, float]]:
    """For each context the sum of its counts, and the mass that the discounts leave to the lower order."""
    totals: dict[Gram, float] = defaultdict(float)
    left: dict[Gram, float] = defaultdict(float)
    for gram, count in counts.items():
        totals[gram[:-1]] += count
        left[gram[:-1]] += min(discounts[min(count, 3)], count)
    return {context: (total, left[context]) for context, total in totals.items()}


def weigh(
    parts: Mapping[str, Smoothed], unseen: Iterable[Sequence[str]], vocabulary: frozenset[str]
) -> dict[str, float]:
    """How much of each part makes the unseen text likeliest; the weights add up to one."""
    rows = []
    for text in unseen:
        for known in _known(text, vocabulary):
            words = [START, *known, END]
            for at in range(1, len(words)):
                context = tuple(words[max(0, at - 2) : at])
                rows.append([part.probability(words[at], context) for part in parts.values()])
    weights = [1 / len(parts)] * len(parts)
    for _ in range(50):
        shares = [0.0] * len(parts)
        for row in rows:
            mixed = [weight * chance for weight, chance in zip(weights, row, strict=True)]
            whole = sum(mixed)
            for place, each in enumerate(mixed):
                shares[place] += each / whole
        weights = [share / len(rows) for share in shares]
    return dict(zip(parts, weights, strict=True))


@dataclass(frozen=True)
class Mixture:
    """The parts together."""

    parts: Mapping[str, Smoothed]
    weights: Mapping[str, float]

    def probability(self, word: str, context: Gram) -> float:
        """Of the word after the last two."""
        return sum(self.weights[name] * part.probability(word, context) for name, part in self.parts.items())

    def perplexity(self, texts: Iterable[Sequence[str]], vocabulary: frozenset[str]) -> float:
        """Per word and end of sentence, words outside the vocabulary left out."""
        total, count = 0.0, 0
        for text in texts:
            for known in _known(text, vocabulary):
                words = [START, *known, END]
                for at in range(1, len(words)):
                    total -= math.log(self.probability(words[at], tuple(words[max(0, at - 2) : at])))
                    count += 1
        return math.exp(total / max(count, 1))
