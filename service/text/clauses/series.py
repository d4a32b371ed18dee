"""Figures of one scale that stand in a row: those of one sentence in, the classes that they make together out.

"EHL 4/5 at 22:00, 2/5 now" tells that power falls, "4/10 at first, now 7/10" that pain rises; "hip flexion 4/5 3/5",
one figure a side, that both legs are weak. None of it is said by any of the figures alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.text.vocabulary.tokens import Token

FALLING = "falling-power"
BOTH_LOW = "both-low"
RISING = "rising-pain"
STRENGTH, PAIN = 5, 10
"""What the figures of muscle power and of pain are set over."""
_TIMES = frozenset(
    [
        "now",
        "today",
        "tonight",
        "then",
        "later",
        "yesterday",
        "overnight",
        "tomorrow",
        "morning",
        "evening",
        "eve",
        "hour",
        "hours",
        "hrs",
        "hr",
        "am",
        "pm",
        "previously",
        "was",
        "were",
        "admission",
        "arrival",
        "round",
        "wr",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
"""Words that set two figures of one muscle apart in time."""
_EARLIER = frozenset({"was", "were", "previously", "yesterday", "admission", "prior", "from"})
_PARTS = frozenset({",", ";", "(", "."})
_SIDES = {"r": "right", "rt": "right", "right": "right", "l": "left", "lt": "left", "left": "left"}
_NEAR, _FAR = 6, 10
"""Words behind a figure that may date it, and words between two of one row."""


class Scored(NamedTuple):
    """A figure over five or ten: its first token and the one behind it, its value with its plus or minus."""

    start: int
    end: int
    value: float


def scored(read: Sequence[Token], start: int, end: int, value: float) -> Scored:
    """The figure at these tokens; ``4+/5`` lies above ``4/5`` and ``4-/5`` below it."""
    word = read[start].word
    return Scored(start, end, value + (0.3 if "+" in word else -0.3 if "-" in word else 0.0))


def rows(
    read: Sequence[Token], told: Sequence[Scored], over: int, subjects: frozenset[int]
) -> Iterator[tuple[int, str]]:
    """Of each pair of neighbours that says more than either, the first token of the second and its class.

    ``subjects`` are the tokens that name a muscle or a part of the body: two figures of two of them make no row.
    """
    for one, other in pairwise(told):
        between = [token.word for token in read[one.end : other.start]]
        if over == STRENGTH and not between and max(one.value, other.value) < STRENGTH and not _has_side(read):
            yield other.start, BOTH_LOW
        if _side(read, one) != _side(read, other) or other.start - one.end > _FAR:
            continue
        before = {token.word for token in read[: one.start]}
        if any(at in subjects and read[at].word not in before for at in range(one.end, other.start)):
            continue
        behind = [token.word for token in read[other.end : other.end + _NEAR]]
        if not (_tells_time(between) or _tells_time(behind)):
            continue
        falls = one.value > other.value
        comma = max((i for i, word in enumerate(between) if word in _PARTS), default=-1)
        if not _EARLIER.isdisjoint(between[comma + 1 :]):
            falls = one.value < other.value
        if falls and over == STRENGTH:
            yield other.start, FALLING
        elif not falls and over == PAIN and one.value != other.value:
            yield other.start, RISING


def _has_side(read: Sequence[Token]) -> bool:
    return any(token.word in _SIDES for token in read)


def _side(read: Sequence[Token], figure: Scored) -> str:
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
