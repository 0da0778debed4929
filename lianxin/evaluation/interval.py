"""How far a share that was counted may be from the true one."""

from math import sqrt

Z = 1.959964
"""Standard normal quantile of 97.5 %: 95 % lie between minus and plus that."""


def wilson(right: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, p. 209); None of nothing."""
    if of == 0:
        return None
    share, square = right / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
