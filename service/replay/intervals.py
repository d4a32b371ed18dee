"""How far a share may be off that was observed in few: Wilson's interval, which holds at 0 of n and n of n too."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054


def wilson(hits: int, of: int, z: float = Z95) -> tuple[float, float]:
    """The 95 % interval of ``hits`` of ``of`` as two shares from 0 to 1; (0, 1) when nothing was observed."""
    if of <= 0:
        return 0.0, 1.0
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return (0.0 if hits == 0 else low), (1.0 if hits == of else high)
