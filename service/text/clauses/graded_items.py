"""Where a graded item of an examination ends: the words and atoms of a sentence in, the places to cut it out.

In "Power 5/5, patellar reflexes weak" and "strength 5/5 both feet, sensation lowered over the foot" full power closes
its item, and what stands behind the comma is of the part that is named there.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.vocabulary.tokens import Token

_FULL = frozenset({"mrc-full"})
_OTHER_PARTS = frozenset({"reflex", "sensation", "numb", "slr"})
_SIGNS = frozenset({"weak", "reduced", "absent", "reflex-zero", "numb"})
_STOPS = frozenset({",", ";"})
_REACH = 3
"""Words behind the comma within which the next part is named: "both ankle jerks", "light touch"."""


def item_ends(read: Sequence[Token], found: Sequence[Atom]) -> list[int]:
    """Places right behind a comma that follows full power and stands before a reflex, feeling or leg raise."""
    graded = min((a.end for a in found if not _FULL.isdisjoint(a.classes)), default=len(read))
    last = max((a.start for a in found if not _SIGNS.isdisjoint(a.classes)), default=0)
    # Behind the last sign nothing could be taken for weakness: "5/5, sensation intact, reflexes 2+" stays one.
    return [at + 1 for at in range(graded, last) if read[at].word in _STOPS and _names_other_part(at, found)]


def _names_other_part(at: int, found: Sequence[Atom]) -> bool:
    following = [a for a in found if at < a.start <= at + _REACH and not a.inner][:2]
    return any(not _OTHER_PARTS.isdisjoint(a.classes) for a in following)
