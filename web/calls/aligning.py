"""A corrected text over the words that the machine heard, so that every sign still has its second."""

from collections.abc import Sequence
from difflib import SequenceMatcher


def aligned(words: Sequence[str], text: str) -> tuple[str, ...]:
    """The text cut into as many pieces as there are words, each piece where its word was; joined they are the text.

    What is the same stays with its word; what was put in goes with the word before it, what was taken out leaves its
    word shorter, or empty.
    """
    if not words:
        return ()
    heard = "".join(words)
    signs = [""] * (len(heard) or 1)
    for _, start, end, begin, behind in SequenceMatcher(None, heard, text, autojunk=False).get_opcodes():
        if start == end:
            signs[max(0, start - 1)] += text[begin:behind]
            continue
        for at in range(start, end):
            own = begin + at - start
            signs[at] += text[min(own, behind) : behind if at == end - 1 else min(own + 1, behind)]
    pieces, at = [], 0
    for word in words:
        pieces.append("".join(signs[at : at + len(word)]))
        at += len(word)
    if not heard:
        pieces[0] = text
    return tuple(pieces)
