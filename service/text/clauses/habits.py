"""What comes each time somebody takes a posture is there now: a word of condition in, whether it only says when out.

"If he sits up his head bursts" tells a headache, "if she sits up and gets a headache, ring us" none; and what somebody
wanted to do when it showed ("when I wanted to lift her head she screamed") is no plan.
"""

from __future__ import annotations

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import Clause

_SUBJECTS = frozenset(["i", "he", "she", "we", "they", "patient", "pt", "mum", "dad", "mom", "husband", "wife"])
_POSTURES = frozenset(
    {"upright", "supine", "sitting-word", "standing-or-walking", "walk", "cough", "wipe", "flat-is-gone"}
)
_ORDERS = frozenset(
    ["should", "must", "ring", "call", "contact", "return", "please", "come", "attend", "report", "would", "will",
     "may", "might", "could", "advised", "told", "gets", "develops", "phone", "notify", "see", "to"]
)  # fmt: skip
_WANTED = frozenset({"wanted", "tried", "meant", "went"})
_HEADS = frozenset({"head", "headache", "head-hurts"})
_UP = frozenset({"upright", "on-sitting", "on-standing", "stand-up", "goes-up"})
_NEAR, _LYING = 3, 6


def is_habit(cue: Atom, clause: Clause) -> bool:
    """Whether the cue opens what happens each time, or what was tried when the sign showed."""
    words = clause.words
    if words[cue.start] in _WANTED:
        return not {"when", "whenever", "each", "every"}.isdisjoint(words[max(0, cue.start - _NEAR) : cue.start])
    if words[cue.start] != "if" or cue.end - cue.start > 1 or cue.end >= clause.size or words[cue.end] not in _SUBJECTS:
        return False
    if not _ORDERS.isdisjoint(words[cue.end :]):
        return False
    return any(cue.end < atom.start <= cue.end + 2 and not atom.classes.isdisjoint(_POSTURES) for atom in clause.found)


def is_by_lying(cue: Atom, clause: Clause) -> bool:
    """Whether a pain only goes while the patient lies: "gone in three minutes lying down" comes back."""
    low = next((a.start for a in clause.found if cue.end <= a.start <= cue.end + _LYING and "supine" in a.classes), -1)
    behind = low >= 0 and {"after", "since", ","}.isdisjoint(clause.words[cue.end : low])
    if not behind and not _lies_before(cue, clause):
        return False
    return any(not a.classes.isdisjoint(_HEADS) for a in clause.found if a.start < cue.start)


def _lies_before(cue: Atom, clause: Clause) -> bool:
    """Whether the lying stands before the "gone", beside being up: "once I stand, and flat on the bed 'tis gone"."""
    if "now" in clause.words[cue.start : cue.end + 1]:
        return False
    flat = any(
        0 <= cue.start - a.end <= _LYING and "supine" in a.classes and "," not in clause.words[a.end : cue.start]
        for a in clause.found
    )
    return flat and any(not a.classes.isdisjoint(_UP) for a in clause.found if a.start < cue.start)
