"""The console's words: one catalogue, Chinese first, English beside it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

SHIPPED = Path(__file__).with_name("text.toml")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing the console says."""

    zh: str
    en: str


class Text:
    """Phrases by id, such as 'list.title'."""

    def __init__(self, phrases: dict[str, Phrase]) -> None:
        self._phrases = phrases
        self._pairs: dict[str, Markup] = {}
        """Pairs without values, as they were made the first time: a page says some hundreds."""

    @classmethod
    def load(cls, path: Path = SHIPPED) -> "Text":
        """Read the catalogue; the id of `[list] title` is 'list.title'."""
        return cls(_phrases(path))

    def __contains__(self, text_id: object) -> bool:
        return text_id in self._phrases

    def ids(self) -> frozenset[str]:
        """Every id there is."""
        return frozenset(self._phrases)

    def __getitem__(self, text_id: str) -> Phrase:
        return self._phrases[text_id]

    def zh(self, text_id: str, **values: object) -> str:
        """The Chinese alone, with the values filled in; a Phrase among them in Chinese too. Raises KeyError."""
        return self[text_id].zh.format(**{k: v.zh if isinstance(v, Phrase) else v for k, v in values.items()})

    def en(self, text_id: str, **values: object) -> str:
        """The English alone, likewise. Raises KeyError for an unknown id."""
        return self[text_id].en.format(**{k: v.en if isinstance(v, Phrase) else v for k, v in values.items()})

    def both(self, text_id: str, **values: object) -> str:
        """Chinese and English as plain text, for attributes, where no markup can go. Raises KeyError."""
        return f"{self.zh(text_id, **values)} {self.en(text_id, **values)}"

    def pair(self, text_id: str, **values: object) -> Markup:
        """Chinese with the quieter English beside it, as markup. Raises KeyError for an unknown id."""
        if not values and text_id in self._pairs:
            return self._pairs[text_id]
        pair = self.beside(Phrase(self.zh(text_id, **values), self.en(text_id, **values)))
        if not values:
            self._pairs[text_id] = pair
        return pair

    @staticmethod
    def beside(phrase: Phrase) -> Markup:
        """A phrase that stands in no catalogue, such as a length of time, as markup in the same way."""
        return Markup('<span class="zh">{}</span> <span class="en" lang="en">{}</span>').format(phrase.zh, phrase.en)

    @staticmethod
    def listed(names: Sequence[str]) -> Phrase:
        """Names for a sentence: with 、 between them in Chinese, with commas in English."""
        return Phrase("、".join(names), ", ".join(names))

    def named(self, family: str, member: str) -> str:
        """The same as `name` in Chinese alone, for files; '' for nothing."""
        text_id = f"{family}.{member}"
        return self.zh(text_id) if text_id in self else member

    def name(self, family: str, member: str) -> Markup:
        """The phrase of a value from the archive, such as ('flow', 'repair'); a value nobody named shows as it is."""
        text_id = f"{family}.{member}"
        return self.pair(text_id) if text_id in self else Markup("<span>{}</span>").format(member)


@cache
def _phrases(path: Path) -> dict[str, Phrase]:
    """The phrases of a catalogue, read once in a process."""
    tables = tomllib.loads(path.read_text("utf-8"))
    named = ((f"{group}.{name}", pair) for group, names in tables.items() for name, pair in names.items())
    return {text_id: Phrase(**pair) for text_id, pair in named}
