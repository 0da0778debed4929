"""The trial model's language model adds up, and knows what it was told."""

import pytest

from tools.trial_model.backoff import tabulate
from tools.trial_model.language import END, START, Mixture, Smoothed, weigh

VOCABULARY = ["停电", "来", "了", "我家", "我们", "没", "电", "怎么", "还"]
KNOWN = frozenset(VOCABULARY)
HOME = [
    ["我家", "停电", "了"],
    ["我家", "没", "电", "了"],
    ["我们", "停电", "了"],
    ["电", "怎么", "还", "没", "来"],
] * 3
OTHER = [["怎么", "还", "没", "来"], ["来", "电", "了"], ["我们", "没", "来"], ["还", "没", "电"]]


@pytest.fixture
def mixture() -> Mixture:
    return Mixture({"home": Smoothed(HOME, KNOWN), "other": Smoothed(OTHER, KNOWN)}, {"home": 0.7, "other": 0.3})


@pytest.mark.parametrize("context", [(), (START,), ("没",), ("还", "没"), ("我家", "停电"), ("了", "了")])
def test_what_may_follow_adds_up_to_one(mixture: Mixture, context: tuple[str, ...]) -> None:
    assert sum(mixture.probability(word, context) for word in (*VOCABULARY, END)) == pytest.approx(1)


def test_what_was_seen_is_likelier_than_what_was_not(mixture: Mixture) -> None:
    assert mixture.probability("停电", (START, "我家")) > 5 * mixture.probability("来", (START, "我家"))
    assert mixture.probability("来", (START, "我家")) > 0


@pytest.mark.parametrize("gain", [0.0, 1e-3])
def test_the_tables_add_up_to_one_too(mixture: Mixture, gain: float) -> None:
    table = tabulate(mixture, VOCABULARY, gain)

    def chance(word: str, context: tuple[str, ...]) -> float:
        if not context:
            return table.unigrams[word]
        row = table.following.get(context, {})
        return row[word] if word in row else table.left.get(context, 1.0) * chance(word, context[1:])

    for context in [(), *table.following]:
        assert sum(chance(word, context) for word in (*VOCABULARY, END)) == pytest.approx(1, abs=1e-4)


def test_a_rarely_useful_gram_is_left_out(mixture: Mixture) -> None:
    whole, lean = tabulate(mixture, VOCABULARY, 0.0), tabulate(mixture, VOCABULARY, 2e-2)

    assert sum(map(len, lean.following.values())) < sum(map(len, whole.following.values()))


def test_the_part_that_explains_a_text_weighs_more() -> None:
    parts = {"home": Smoothed(HOME, KNOWN), "other": Smoothed(OTHER, KNOWN)}

    assert weigh(parts, [["我家", "停电", "了"]], KNOWN)["home"] > 0.8


def test_a_word_outside_the_vocabulary_parts_the_sentence() -> None:
    part = Smoothed([["我家", "🙂", "停电"]], KNOWN)

    assert part.probability("停电", (START,)) > part.probability("停电", ("我家",))
