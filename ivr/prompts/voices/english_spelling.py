"""From a line of English to the words that a synthetic voice is given.

A reading in braces belongs to the word before it and is said in its place: Lianxin{lee en shin}. Punctuation makes
pauses.
"""

import re

from ivr.prompts.errors import VoiceBroken
from ivr.prompts.voices.spelling import COMMA, Clause, Word

PAUSES = {",": COMMA, ";": 0.2, ":": 0.2, ".": 0.25, "!": 0.25, "?": 0.25}
"""Seconds of silence added after each punctuation mark."""

_WORD = re.compile(r"([A-Za-z][A-Za-z'-]*)(?:\{([a-z ]+)\})?")


def spell_english(line: str) -> list[Clause]:
    """The clauses of a line; raises VoiceBroken for anything that is neither a word, punctuation nor a reading.

    Numbers are written in words, for they must be said as they are written.
    """
    marks = re.escape("".join(PAUSES))
    clauses = []
    for text, mark in re.findall(rf"([^{marks}]+)([{marks}]?)", line.strip()):
        rest = _WORD.sub("", text)
        if rest.strip() or not text.strip():
            raise VoiceBroken(f"cannot say {text!r}; write it in words, readings in braces like Lianxin{{lee en shin}}")
        words = tuple(Word(word, tuple((reading or word).split())) for word, reading in _WORD.findall(text))
        clauses.append(Clause(words, PAUSES.get(mark, COMMA)))
    if not clauses:
        raise VoiceBroken(f"cannot say {line!r}; there is no word in it")
    return clauses
