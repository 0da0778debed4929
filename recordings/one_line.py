"""Text as people type it, kept as one line that reads as it was typed."""

TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Signs that turn the direction of what follows: embeddings, overrides, isolates (Unicode Annex 9, 2.1 to 2.3).
One that was pasted in shows everybody the rest of the line backwards."""


def one_line(text: str) -> str:
    """The text with single spaces for white space, and nothing in it that turns its direction."""
    return " ".join(text.translate(TURNING).split())
