"""How many characters were heard wrong."""

import unicodedata
from collections.abc import Sequence

import jiwer


def characters(text: str) -> str:
    """What is compared: letters and numbers, without case and without what only the eye needs."""
    return "".join(sign for sign in text.lower() if unicodedata.category(sign)[0] in "LN")


def error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Character error rate of all together (jiwer): wrong, missing and added ones by those said; above 1 is possible.

    Raises ValueError when nothing was said at all.
    """
    pairs = [(characters(one), characters(other)) for one, other in zip(said, heard, strict=True)]
    spoken = [pair for pair in pairs if pair[0]]
    if not spoken:
        raise ValueError("nothing is said in any of the recordings")
    return float(jiwer.cer([one for one, _ in spoken], [other for _, other in spoken]))
