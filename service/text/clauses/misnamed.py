"""What an earlier reader took for a finding and is none: the words of the name are denied.

"What was called haematoma is normal fat", "the rod fracture queried overnight is an overlapping cable": a second look
says what the first name stood for. Where it confirms the name ("is confirmed", "is larger") nothing is denied.
"""

from __future__ import annotations

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import COMMA, Clause, Scopes

_SHOWS = frozenset(
    {"is", "are", "was", "were", "represents", "represent", "proves", "turns", "corresponds", "reflects"}
)
_NAMES = frozenset({"as", "be", "called", "calls"})
_NAME_LONG = 10
"""Words of the name, up to the verb behind it."""
_NEAR = 4
"""Words between that verb and the class that tells what the thing is."""


def deny_misnamed(clause: Clause, scopes: Scopes) -> None:
    """Deny what an atom of class "misnamed" calls by its name, where the clause says what it is instead."""
    for cue in clause.found:
        if "misnamed" not in cue.classes:
            continue
        verb = _verb(cue, clause)
        if verb is None or not _is_something_else(verb, clause):
            continue
        begin, end = (cue.end, verb) if _opens(cue, clause) else (_begin(cue, clause), cue.start)
        for at in range(begin, end):
            scopes.denied[at], scopes.by[at], scopes.doubted[at] = 1, cue.start, False
        for at in range(cue.start, verb):
            scopes.doubted[at] = False


def _opens(cue: Atom, clause: Clause) -> bool:
    """Whether the name follows: "previously described as a halo", not "the halo previously described"."""
    return clause.words[cue.start] == "what" or clause.words[cue.end - 1] in _NAMES


def _verb(cue: Atom, clause: Clause) -> int | None:
    """Where the verb stands that says what it is, with no mark before it."""
    for at in range(cue.end, min(clause.size, cue.end + _NAME_LONG)):
        if clause.words[at] in {";", "."}:
            return None
        if clause.words[at] in _SHOWS:
            return at
    return None


def _is_something_else(verb: int, clause: Clause) -> bool:
    near = range(verb + 1, min(clause.size, verb + 1 + _NEAR))
    return any(clause.begins(at, "other-thing") for at in near)


def _begin(cue: Atom, clause: Clause) -> int:
    return max((i + 1 for i in range(cue.start) if clause.words[i] in {COMMA, ";", ".", ":"}), default=0)
