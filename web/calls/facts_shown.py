"""The facts of a call as its page shows them: the machine's, with what people say of them, and those people found."""

from collections.abc import Sequence
from dataclasses import dataclass

from recordings.fact_words import FactWord
from recordings.facts import FactOfCall


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact."""

    kind: str
    said: str
    """The words in which it first stood, by which people's words on it are kept."""
    text: str
    """What counts; empty where a person says that there is no such fact."""
    value: str
    """The machine's, as long as its words stand."""
    recording_id: str
    second: float | None
    """Seconds from that recording's first sample; None where nobody can hear it."""
    by: str = ""
    """Who spoke last; empty for the machine alone."""
    word: int = 0
    """Number of what they said; 0 for the machine alone."""
    last: FactWord | None = None
    """The same, whole."""


def facts_shown(
    facts: Sequence[FactOfCall], words: Sequence[FactWord]
) -> tuple[tuple[str, tuple[FactShown, ...]], ...]:
    """Facts by kind, in the order of their first words; the same words of a kind once."""
    kinds: dict[str, dict[str, FactShown]] = {}
    said = {(word.kind, word.said): word for word in words}
    for fact in facts:
        word = said.pop((fact.kind, fact.text), None)
        text, by, number = (word.text, word.by, word.id) if word else (fact.text, "", 0)
        value = fact.value if text == fact.text else ""
        shown = FactShown(fact.kind, fact.text, text, value, fact.recording_id, fact.second, by, number, word)
        kinds.setdefault(fact.kind, {}).setdefault(fact.text, shown)
    for word in said.values():
        known = kinds.setdefault(word.kind, {})
        known.setdefault(word.said, FactShown(word.kind, word.said, word.text, "", "", None, word.by, word.id, word))
    return tuple((kind, tuple(found.values())) for kind, found in kinds.items())
