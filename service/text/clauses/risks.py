"""What a clause only gives the odds of, named before the word for them: the atoms in, what they name placed elsewhere.

"Disc reherniation risk 5-10% discussed" and "nonunion rate quoted as 8 %" tell of nothing that is there. "Risk of" and
"chance of" stand before what they name and are cues of their own; "at risk" and "fever, heart rate 110" name none.
"""

from __future__ import annotations

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import COMMA, Clause, Scopes

ODDS = frozenset({"risk", "risks", "rate", "rates", "chance", "chances", "incidence", "odds", "likelihood"})
_TOLD = frozenset([
    "discussed", "explained", "quoted", "reviewed", "mentioned", "counselled", "counseled", "covered", "given",
    "accepted", "understood", "outlined",
])  # fmt: skip
_LINKS = frozenset({"is", "was", "were", "about", "approx", "approximately", "around", "roughly", "~", "(", ":", "of",
                    "as", "also"})  # fmt: skip
_PULSES = frozenset({"heart", "pulse", "respiratory", "resp", "flow", "sedimentation", "filtration"})
_FIGURE_NEAR = 6
_FOUND = frozenset({"leaking", "oozing", "draining", "discharging", "now", "today", "since", "cannot", "has", "is"})
"""What tells of a finding, in the first words behind a talk."""
_REACH = 4
"""Words of what the odds are of: "recurrent disc herniation risk"."""


def place_risks(clause: Clause, scopes: Scopes) -> None:
    """Mark away what stands right before a word for odds that a figure, or the word that it was told, follows."""
    words = clause.words
    for at in range(1, clause.size):
        if words[at] not in ODDS or words[at - 1] in _PULSES or not _is_quoted(at, clause):
            continue
        for before in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if words[before] in {COMMA, ";", ".", ":"} or clause.within(before) is None:
                break
            scopes.away[before] = True


def _is_quoted(at: int, clause: Clause) -> bool:
    after = list(clause.words[at + 1 : at + 1 + _FIGURE_NEAR])
    while after and after[0] in _LINKS:
        after = after[1:]
    return bool(after) and (after[0] in _TOLD or (after[0][0].isdigit() and "%" in after))


def ends_talk(cue: Atom, clause: Clause) -> bool:
    """Whether a talk about risks ends with the cue and a finding follows: "risk discussed, wound leaking pus"."""
    words = clause.words
    if words[cue.end - 1] not in _TOLD or words[cue.end : cue.end + 1] not in ([COMMA], [";"]):
        return False
    return not _FOUND.isdisjoint(words[cue.end + 1 : cue.end + 5])
