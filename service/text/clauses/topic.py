"""What a clause is about: the topic that "it" carries on from the clause before, and a sign that is improved upon."""

from __future__ import annotations

from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import Scopes
from service.text.vocabulary.language import Language
from service.text.vocabulary.tokens import Token

_PRONOUNS = frozenset({"it", "they", "this", "these", "which", "both", "that"})
_TIMES = frozenset([
    "by", "on", "since", "now", "then", "and", "but", "today", "yesterday", "monday", "tuesday", "wednesday",
    "thursday",
    "friday", "saturday", "sunday", "morning", "night", "evening", "afternoon", "week", "weekend", "last", "this",
    "next", ",", "the", "same",
])  # fmt: skip
_TOPIC_ENDS = frozenset(
    ["with", "by", "on", "when", "in", "if", "at", "lying", "sitting", "for", "than", "once", "as", "w"]
)
_TOPIC_NEAR = 6


def carried(clause: Sequence[Token], found: list[Atom], topic: frozenset[str], language: Language) -> list[Atom]:
    """With "it" at its head a clause is about what the one before was; "this knee" and "both legs" name their own."""
    if not topic or not clause:
        return found
    at = _subject(clause)
    named = [a for a in found if a is found[0] or a.start == at + 1]
    if at < 0 or any(not language.site_classes.isdisjoint(a.classes) for a in named):
        return found
    if found and found[0].start <= at < found[0].end - 1 and "contrast" in found[0].classes:
        return found  # "no leg pain, it is just the low back": what it is stands behind it
    return [Atom(at, at + 1, topic), *(a for a in found if a.start != at)]


def _subject(clause: Sequence[Token]) -> int:
    """Where its pronoun stands, behind no more than a word, or words of time ("By Monday it was swollen"); else -1."""
    for at, token in enumerate(clause[:5]):
        timed = at + 1 < len(clause) and clause[at + 1].word in _TIMES
        if token.word in _PRONOUNS and not timed:
            return at
        if at and token.word not in _TIMES:
            return -1
    return -1


def topic_of(found: Sequence[Atom], language: Language) -> frozenset[str]:
    kept = [a for a in found if "pain" in a.classes or not language.site_classes.isdisjoint(a.classes)][:2]
    return frozenset(n for a in kept for n in a.classes if language.axis[n] == "site" or n in {"pain", "sciatica"})


def is_topic(clause: Sequence[Token], found: Sequence[Atom], scopes: Scopes, head: Atom) -> bool:
    """Whether the sign is the subject of an improvement ("the numbness has settled"): no present complaint."""
    for atom in found:
        if (
            "improves" in atom.classes
            and head.end <= atom.start <= head.end + _TOPIC_NEAR
            and not scopes.denied[atom.start]
        ):
            follows = clause[atom.end].word if atom.end < len(clause) else "."
            if follows not in _TOPIC_ENDS:
                return True
        if (
            "improvement-of" in atom.classes
            and atom.end <= head.start <= atom.end + 5
            and not scopes.denied[atom.start]
        ):
            return True
    return False
