"""Two measures of one thing, set against each other: the figures of a clause in, what they say together out.

"R calf 43 cm, L 38" tells of a swollen leg, "tip at T10 today, T8 on the prior film" of a lead that moved. Neither half
says it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.text.clauses.matcher import Atom
from service.text.vocabulary.tokens import Token

_GIRTH = (20.0, 65.0)
_SWOLLEN = 3.0
"""Centimetres between two calves from which Wells' score counts a swelling."""
_EVEN = 1.0
_REACH = 9
"""Words from the calf to its first figure, and from one figure to the other."""
_SET_AGAINST = frozenset({"vs", "versus", "r", "l", "rt", "lt", "right", "left", "against", "compared", "other"})
_EARLIER = frozenset({"vs", "versus", "was", "were", "previously", "prior", "earlier", "formerly", "from", "initially"})
_LEVEL = re.compile(r"[tl]\d{1,2}\Z")


def compared(read: Sequence[Token], figures: Sequence[tuple[int, float]], found: Sequence[Atom]) -> Iterator[Atom]:
    """Atoms for the pairs. ``figures`` holds where each plain number stands and its value, in order."""
    for atom in found:
        if "calf" in atom.classes and not atom.inner:
            yield from _girths(read, figures, atom)
        elif "lead" in atom.classes:
            yield from _tips(read, atom)


def _girths(read: Sequence[Token], figures: Sequence[tuple[int, float]], calf: Atom) -> Iterator[Atom]:
    near = [f for f in figures if calf.end <= f[0] <= calf.end + 2 * _REACH and _GIRTH[0] <= f[1] <= _GIRTH[1]][:2]
    if len(near) < 2 or near[1][0] - near[0][0] > _REACH:
        return
    (first, one), (second, other) = near
    words = [token.word for token in read[calf.end : second + 2]]
    between = [token.word for token in read[first + 1 : second]]
    if "cm" not in words or _SET_AGAINST.isdisjoint(between) or not {".", ";"}.isdisjoint(between):
        return
    if abs(one - other) >= _SWOLLEN:
        yield Atom(first, first + 1, frozenset({"bigger"}))
    elif abs(one - other) <= _EVEN:
        yield Atom(first, first + 1, frozenset({"same-size"}))


def _tips(read: Sequence[Token], lead: Atom) -> Iterator[Atom]:
    levels = [i for i in range(lead.end, len(read)) if _LEVEL.match(read[i].word)]
    if len(levels) != 2 or levels[0] - lead.end > _REACH:
        return
    first, second = levels
    beside = {token.word for token in read[first + 1 : second + 3]}
    if _EARLIER.isdisjoint(beside):
        return
    name = "position-unchanged" if read[first].word == read[second].word else "moved"
    yield Atom(first, first + 1, frozenset({name}))
