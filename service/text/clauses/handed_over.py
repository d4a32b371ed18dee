"""A denial that goes on over an "or": an atom that denies and the words of its clause in, the place of the "or" out."""

from __future__ import annotations

from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import COMMA

_DENYING = frozenset(
    ["no", "not", "never", "without", "havent", "haven't", "hasnt", "hasn't", "hadnt", "hadn't", "dont", "don't",
     "doesnt", "doesn't", "didnt", "didn't", "isnt", "isn't", "arent", "aren't", "aint", "ain't", "wasnt", "wasn't",
     "cannot", "cant", "can't", "couldnt", "couldn't", "wont", "won't", "unable"]
)  # fmt: skip
_UNABLE = frozenset({"cannot", "cant", "can't", "couldnt", "couldn't", "unable"})
_DOES = frozenset(
    ["pass", "pee", "wee", "void", "urinate", "move", "lift", "walk", "stand", "feel", "hold", "empty", "open", "poo",
     "go", "raise", "push", "bend", "wiggle"]
)  # fmt: skip
_ENDS_OBJECT = frozenset({COMMA, ";", ".", ":", "but", "and"})
_OBJECT = 5
"""Words of what somebody cannot do before the "or" of what else."""


def handed_over(atom: Atom, words: Sequence[str]) -> int:
    """Where the "or" stands over which a phrase that denies hands its denial on: right behind it, or behind what
    somebody cannot do and before what else ("cannot feel the saddle or pass urine"); 0 where there is none."""
    if atom.inner or _DENYING.isdisjoint(words[atom.start : atom.end]):
        return 0
    if words[atom.end : atom.end + 1] in (["or"], ["nor"]):
        return atom.end
    if words[atom.start] in _UNABLE:
        for at in range(atom.end, min(atom.end + _OBJECT, len(words) - 1)):
            if words[at] in _ENDS_OBJECT:
                return 0
            if words[at] in {"or", "nor"} and words[at + 1] in _DOES:
                return at
    return 0
