"""All that the model learns from: texts for the language model, and what the voices say."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.trial_model.grammar import Grammar
from tools.trial_model.held_out import HeldOut, clauses
from tools.trial_model.pronouncing import Pronouncing
from tools.trial_model.reviews import fetch_reviews
from tools.trial_model.spontaneous import say_freely
from tools.trial_model.words import Words, choose_vocabulary
from triage.corpus import load_alarm_sentences, load_sentences

SEED = 20261127
TEMPLATES = 60_000
FREE_WAYS = 3
"""Times that each written sentence is said freely."""
RANDOM_WORDS = 2_500
"""Utterances of words in no order, so that every syllable is heard in many surroundings."""
REVIEW_CLAUSES = 3_000
TEMPLATES_SAID = 3_000
SENTENCES = Path(__file__).parent / "sentences"
"""One sentence a line, a file a subject: how callers and agents talk, for the language model alone. The voices do not
say them: every sound is in the others already.
"""


@dataclass(frozen=True)
class Texts:
    """Words, sentence by sentence."""

    vocabulary: list[str]
    templates: list[list[str]]
    written: list[list[str]]
    free: list[list[str]]
    """The written ones as somebody says them who thinks while speaking."""
    read: list[list[str]]
    """Those of the folder `sentences`."""
    reviews: list[list[str]]
    said: list[list[str]]
    """What the voices say, in random order."""


def written_sentences() -> list[str]:
    """The sentences that the project wrote for its triage, without those set aside."""
    found = [each.text for each in load_sentences() if each.split == "train"]
    return found + [each.text for each in load_alarm_sentences() if each.split == "train"]


def sentences_to_read() -> list[str]:
    """The sentences written for the language model."""
    return [line for file in sorted(SENTENCES.glob("*.txt")) for line in file.read_text("utf-8").splitlines()]


def gather(work: Path, pronouncing: Pronouncing) -> Texts:
    """Everything, the same at every run."""
    chance, held_out, words = random.Random(SEED), HeldOut(), Words()
    grammar = Grammar(SEED)
    templates = [text for text in (grammar.sentence() for _ in range(TEMPLATES)) if held_out.allows(text)]
    plain = [text for text in written_sentences() if held_out.allows(text)]
    free = [say_freely(text, chance) for text in plain for _ in range(FREE_WAYS)]
    reviews = [text for text in fetch_reviews(work) if held_out.allows(text)]
    own = [words.cut(text) for text in [*templates, *plain, *free]]
    vocabulary = choose_vocabulary(words, own, pronouncing)
    words.keep_to(vocabulary)

    def cut(texts: Iterable[str]) -> list[list[str]]:
        return [found for text in texts if (found := words.cut(text))]

    said = [
        *chance.sample(list(dict.fromkeys(templates)), TEMPLATES_SAID),
        *dict.fromkeys(say_freely(text, chance) for text in plain),
        *chance.sample([clause for text in reviews for clause in clauses(text) if len(clause) < 25], REVIEW_CLAUSES),
        *("".join(chance.choices(vocabulary, k=chance.randint(2, 6))) for _ in range(RANDOM_WORDS)),
    ]
    chance.shuffle(said)
    known = frozenset(vocabulary)
    return Texts(
        vocabulary,
        cut(templates),
        cut(plain),
        cut(free),
        cut(text for text in sentences_to_read() if held_out.allows(text)),
        cut(reviews),
        [kept for text in said if (kept := [word for word in words.cut(text) if word in known])],
    )
