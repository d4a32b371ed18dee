"""What keeps a frame whose parts all stand in a clause from being said: the atoms that it used in, a verdict out."""

from __future__ import annotations

from collections.abc import Sequence

from service.text.clauses.adjectives import describes_others
from service.text.clauses.matcher import Atom, around
from service.text.clauses.scopes import Scopes
from service.text.vocabulary.language import Frame, Language
from service.text.vocabulary.tokens import Token

_BESIDE = frozenset(
    {"above", "below", "beneath", "adjacent", "cephalad", "caudad", "caudal", "rostral", "proximal", "distal"}
)
_TO_LANDMARK = frozenset({"the", "her", "his", "to", "this", "that", "old", "previous"})
_TURNS = frozenset({"but", "however", "although", "though", "except", "whereas", "yet", "apart", "besides"})
_PARTLY = frozenset(
    ["partly", "partially", "partial", "mostly", "largely", "nearly", "almost", "somewhat", "slightly", "incompletely",
     "half", "beginning", "starting", "slowly"]
)  # fmt: skip
_OTHER_SIGNS = frozenset({"reflex", "tone", "pulses"})
"""What an examination names beside power, each an item of its own."""
_LISTS = frozenset({"and", "or", ",", "plus", "+", "&", "with"})
_NEAR_UNLESS = 3
"""Words within which a class that a frame excludes must not stand."""


def is_excluded(
    read: Sequence[Token],
    found: Sequence[Atom],
    scopes: Scopes,
    used: tuple[Atom, ...],
    frame: Frame,
    language: Language,
) -> bool:
    """Whether the words around the atoms, or between them, keep the frame from being said."""
    if _counts_others(read, found, used, language) or describes_others(read, found, used, language):
        return True
    if _stands_near(read, found, scopes, used, frame, language):
        return True
    return frame.sign == "-" and (_turns(read, used, language) or _is_partial(read, used))


def _counts_others(read: Sequence[Token], found: Sequence[Atom], used: tuple[Atom, ...], language: Language) -> bool:
    """Whether a word like "both" belongs to another noun than those of the frame: "leg pain with bilateral rods"."""
    pairs = language.groups["pairs"]
    for atom in used:
        if atom.classes.isdisjoint(pairs) or atom is used[0]:
            continue
        follower = next((a for a in found if a.start >= atom.end and not a.inner), None)
        if follower is None or read[follower.start].room - read[atom.end - 1].room > 1:
            continue
        if follower not in used and not any(a.start >= follower.start and a.end <= follower.end for a in used):
            return language.cue_classes.isdisjoint(follower.classes)
    return False


def _turns(read: Sequence[Token], used: tuple[Atom, ...], language: Language) -> bool:
    """Whether the sentence turns from what is well to what is not: "he is well but has a foot drop"."""
    first, last = min(used, key=lambda a: a.start), max(used, key=lambda a: a.start)
    return not first.classes.isdisjoint(language.groups["well"]) and any(
        read[at].word in _TURNS for at in range(first.end, last.start)
    )


def _stands_near(
    read: Sequence[Token],
    found: Sequence[Atom],
    scopes: Scopes,
    used: tuple[Atom, ...],
    frame: Frame,
    language: Language,
) -> bool:
    """Whether a class that the frame excludes stands between its atoms or near them."""
    if not frame.unless:
        return False
    sites = language.site_classes
    placed = any(not atom.classes.isdisjoint(sites) for atom in used)
    low, high = min(a.start for a in used), max(a.end for a in used)
    near = around(read, found, low, high, _NEAR_UNLESS)
    for names in frame.unless:
        for atom in near:
            if names.isdisjoint(atom.classes) or atom in used or _is_landmark(read, atom):
                continue
            if scopes.denied[atom.start] and frame.held != "negated" and frame.sign != "-":
                continue
            if low <= atom.start < high:
                return True
            if placed and names & atom.classes <= sites | _OTHER_SIGNS and _is_listed(read, low, high, atom):
                continue
            if atom.start >= high:
                away = read[atom.start - 1].room - read[high - 1].room
            else:
                away = (read[low - 1].room if low else 0) - read[atom.end - 1].room
            if away <= _NEAR_UNLESS:
                return True
    return False


def _is_listed(read: Sequence[Token], low: int, high: int, atom: Atom) -> bool:
    """Whether another body part is the next item of a list: "leg weakness and urinary retention" is of the leg."""
    between = range(high, atom.start) if atom.start >= high else range(atom.end, low)
    return any(read[at].word in _LISTS for at in between)


def _is_landmark(read: Sequence[Token], atom: Atom) -> bool:
    """Whether an atom only says where the finding is: "retrolisthesis above the construct" is of no construct."""
    at = atom.start - 1
    while at >= 0 and read[at].word in _TO_LANDMARK:
        at -= 1
    return at >= 0 and read[at].word in _BESIDE


def _is_partial(read: Sequence[Token], used: tuple[Atom, ...]) -> bool:
    """Whether what would deny is only partly so: "has largely resolved" leaves some of it."""
    return any(atom.start > 0 and read[atom.start - 1].word in _PARTLY for atom in used)
