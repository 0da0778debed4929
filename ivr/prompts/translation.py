"""Whether the English prompts agree with the Mandarin ones, which are what the hotline plays."""

from collections.abc import Iterator

from ivr.prompts import english_pieces, pieces
from ivr.prompts.catalogue import Catalogue
from ivr.prompts.checking import audible, strangers

NEVER_IN_ENGLISH = frozenset({"dictate.ask", "dictate.heard", "dictate.unclear"})
"""Said to nobody who chose English: the model hears numbers in Mandarin alone."""


def english_findings(english: Catalogue, mandarin: Catalogue) -> Iterator[str]:
    """One line for each thing that is wrong with the English prompts, with its mend; none when all is well."""
    for prompt in english:
        if not prompt.text.strip():
            yield f"{prompt.id}: has no English text; write it in {english.file(prompt.id)}"
        if prompt.id not in mandarin and prompt.id not in english_pieces.all_pieces():
            yield f"{prompt.id}: nothing plays it; give it its Mandarin, or take it out of {english.file(prompt.id)}"
        yield from (f"English {line}" for line in audible(english, prompt.id))
    for piece in sorted(english_pieces.all_pieces() - english.prompts.keys()):
        yield f"{piece}: a piece that English numbers and times need; add it to {english.folder / 'catalogue.toml'}"
    yield from strangers(english)


def not_in_english(english: Catalogue, mandarin: Catalogue) -> list[str]:
    """Prompts that callers who chose English hear in Mandarin."""
    only_mandarin = NEVER_IN_ENGLISH | (pieces.all_pieces() - english_pieces.all_pieces())
    said = (prompt.id for prompt in mandarin if prompt.tone is None and prompt.id not in only_mandarin)
    return [prompt_id for prompt_id in said if not english.has_audio(prompt_id)]
