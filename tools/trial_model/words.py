"""Cutting text into words, and choosing the words that the model knows."""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import jieba

from tools.trial_model.pronouncing import NUMERALS, Pronouncing

HERE = Path(__file__).parent

COMMON_WORDS = 12_000
"""The most frequent words of jieba's dictionary that are taken whether they occur in our texts or not."""
COMMON_CHARACTERS = 3_500
"""The characters of everyday writing (常用字): whatever else is said can be spelt with them."""
OFTEN_ENOUGH = 3
"""Times that a word must occur in our texts to be taken, when jieba does not count it among the frequent."""


class Words:
    """A segmenter that keeps the terms of the trade whole and digits apart."""

    def __init__(self) -> None:
        jieba.setLogLevel(logging.ERROR)
        self._segmenter = jieba.Tokenizer()
        self.terms = (HERE / "terms.txt").read_text("utf-8").split()
        for term in self.terms:
            self._segmenter.add_word(term, 100_000)

    def cut(self, text: str) -> list[str]:
        """The words of a text; signs part them, and whatever is not Hanzi is left out."""
        words: list[str] = []
        for clause in re.findall(r"[\u4e00-\u9fff]+", text):
            for word in self._segmenter.cut(clause, HMM=False):
                number = len(word) > 1 and NUMERALS.issuperset(word)
                long_number = len(word) > 2 and NUMERALS.issuperset(word[:2])
                words += word if number or long_number else [word]
        return words

    def keep_to(self, vocabulary: Iterable[str]) -> None:
        """From now on cut into words of the vocabulary alone, so that a rare word is heard as its parts."""
        known = frozenset(vocabulary)
        counts = self._segmenter.FREQ
        for word in counts:
            if word not in known:
                counts[word] = 0

    def frequencies(self) -> dict[str, int]:
        """How often jieba's dictionary has seen each word of Hanzi, up to four characters."""
        self._segmenter.initialize()
        counted = self._segmenter.FREQ.items()
        return {word: count for word, count in counted if count > 0 and re.fullmatch("[\u4e00-\u9fff]{1,4}", word)}


def choose_vocabulary(words: Words, texts: Iterable[list[str]], pronouncing: Pronouncing) -> list[str]:
    """The words that the model knows, sorted: those of our texts, the terms, and the frequent ones of the language."""
    common = words.frequencies()
    by_count = sorted(common, key=lambda word: (-common[word], word))
    several = [word for word in by_count if len(word) > 1 and not NUMERALS.issuperset(word)][:COMMON_WORDS]
    single = [word for word in by_count if len(word) == 1][:COMMON_CHARACTERS]
    seen = Counter(word for text in texts for word in text)
    ours = [word for word, count in seen.items() if count >= OFTEN_ENOUGH or len(word) == 1]
    return sorted(word for word in {*several, *single, *ours, *words.terms} if pronouncing.readings(word))
