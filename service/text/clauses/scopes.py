"""What the passes of assertion share: a clause as they look at it, and the scopes they mark."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from service.text.clauses.matcher import Atom
from service.text.vocabulary.language import Language
from service.text.vocabulary.tokens import Token

_LINKS = frozenset({"or", "nor"})
COMMA = ","
SHORT_ITEM = 5
"""Words of a list item that a denial still covers without a later "or"."""
ASIDE = 3
"""Denied from outside the brackets it stands in: "no retention (voided twice)" denies the retention, and the voiding
is what tells so; nor does "normal now" turn a verb round that it stands behind."""
VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "cannot",
        "does",
        "do",
        "shows",
        "feels",
        "hurts",
        "throbs",
        "looks",
        "keeps",
        "reports",
        "complains",
        "demonstrates",
        "remains",
        "appears",
        "feel",
        "get",
        "gets",
        "got",
        "report",
        "complain",
        "describes",
        "states",
        "notes",
        "noted",
        "reported",
        "developed",
        "smokes",
        "takes",
        "drinks",
    ]
)
"""Verbs that open a statement of their own."""
_SUBJECTS = (["the"], ["his"], ["her"], ["my"], ["their"], ["its"])
_TELL = frozenset({"is", "are", "was", "has", "have", "feels", "remains", "shows"})
_ENDS = frozenset({".", ",", ")", ";", "!", "]"})


class Scopes(Struct, gc=False):
    """One entry a token. ``denied``: 0 no, 1 directly, 2 across a comma, 3 in an aside behind it; ``by``: where its cue
    begins, else -1;
    ``known``: told as no worse, or as it long was."""

    denied: list[int]
    by: list[int]
    doubted: list[bool]
    away: list[bool]
    past: list[bool]
    known: list[bool]


class Clause:
    """The tokens and atoms of a clause, with what the passes ask of them again and again."""

    def __init__(self, read: Sequence[Token], found: Sequence[Atom], language: Language) -> None:
        self.words = [token.word for token in read]
        self.size = len(self.words)
        self.found = found
        self.language = language
        self.at = {atom.start: atom for atom in found if not atom.inner}
        self.stops = {atom.start for atom in found if "stop" in atom.classes}
        self.claims = language.groups.get("claims", frozenset())
        self.wanted = self._of("wanted")
        self.partly = self._of("partly")
        self.sound = self._of("sound")
        links = [i for i, word in enumerate(self.words) if word in _LINKS]
        self.last_or = links[-1] if links else -1

    def _of(self, group: str) -> list[int]:
        """Where the atoms of a group begin."""
        members = self.language.groups.get(group, frozenset())
        return [atom.start for atom in self.found if not atom.classes.isdisjoint(members)]

    def begins(self, at: int, *names: str) -> bool:
        atom = self.at.get(at)
        return atom is not None and not atom.classes.isdisjoint(names)

    def opens_anew(self, at: int) -> bool:
        """Whether an "and" joins two whole statements: "the stimulator is off and the cover has gone"."""
        if self.words[at] != "and" or self.words[at + 1 : at + 2] not in _SUBJECTS or "both" in self.words[:at]:
            return False
        edge = max((i for i in range(at) if self.words[i] in _ENDS), default=-1)
        return any(word in _TELL for word in self.words[edge + 1 : at])

    def parts_sound(self, at: int) -> bool:
        """Whether a stroke ends an item with a state of its own: "saddle sensation normal / sciatica no"."""
        if self.words[at] != "/":
            return False
        edge = max((i for i in range(at) if self.words[i] in {"/", COMMA, ";", ".", ":"}), default=-1)
        return any(edge < start < at for start in self.sound)

    def within(self, at: int) -> Atom | None:
        return next((a for a in self.found if a.start <= at < a.end and not a.inner), None)

    def closes(self, at: int) -> bool:
        return at >= self.size or self.words[at] in _ENDS
