"""Figures of strength that stand in a row: the figures of one sentence in, the classes that they make together out.

"EHL 4/5 at 22:00, 2/5 now" tells that power falls; "hip flexion 4/5 3/5", one figure a side, that both legs are weak.
Neither is said by any of the figures alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from service.text.tokens import Token

FALLING = "falling-power"
BOTH_LOW = "both-low"
_FULL = 5
_TIMES = frozenset(
    ["now", "today", "tonight", "then", "later", "yesterday", "overnight", "tomorrow", "morning", "evening", "eve"]
    + ["hour", "hours", "hrs", "hr", "am", "pm", "previously", "was", "were", "admission", "arrival", "round", "wr"]
)
"""Words that set two figures of one muscle apart in time."""
_EARLIER = frozenset({"was", "were", "previously", "yesterday", "admission", "prior", "from"})
_SIDES = {"r": "right", "rt": "right", "right": "right", "l": "left", "lt": "left", "left": "left"}
_NEAR = 6


class Strength(NamedTuple):
    """A figure over five: its first token and the one behind it, its value with its plus or minus."""

    start: int
    end: int
    value: float


def strength(read: Sequence[Token], start: int, end: int, value: float) -> Strength:
    """The figure at these tokens; ``4+/5`` lies above ``4/5`` and ``4-/5`` below it."""
    word = read[start].word
    return Strength(start, end, value + (0.3 if "+" in word else -0.3 if "-" in word else 0.0))


def rows(read: Sequence[Token], told: Sequence[Strength]) -> Iterator[tuple[int, str]]:
    """Of each pair of neighbours that says more than either, the first token of the second and its class."""
    for one, other in zip(told, told[1:], strict=False):
        between = [token.word for token in read[one.end : other.start]]
        if not between and max(one.value, other.value) < _FULL and not any(t.word in _SIDES for t in read):
            yield other.start, BOTH_LOW
        if _side(read, one) != _side(read, other) or other.start - one.end > _NEAR + 4:
            continue
        behind = [token.word for token in read[other.end : other.end + _NEAR]]
        if not (_tells_time(between) or _tells_time(behind)):
            continue
        back = not _EARLIER.isdisjoint(between[-3:])
        if (one.value < other.value) if back else (one.value > other.value):
            yield other.start, FALLING


def _side(read: Sequence[Token], figure: Strength) -> str:
    """The side that stands right beside the figure, before or behind it; "" without one."""
    near = [*read[figure.end : figure.end + 1], *read[max(0, figure.start - 1) : figure.start]]
    return next((_SIDES[token.word] for token in near if token.word in _SIDES), "")


def _tells_time(words: Sequence[str]) -> bool:
    if not _TIMES.isdisjoint(words):
        return True
    return any(
        (word == ":" and at and words[at - 1].isdigit()) or (word in {"at", "by"} and _is_clock(words[at + 1 : at + 2]))
        for at, word in enumerate(words)
    )


def _is_clock(words: Sequence[str]) -> bool:
    return bool(words) and len(words[0]) == 4 and words[0].isdigit()
