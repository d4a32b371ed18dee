"""Sentences that end with a question mark: a clause and its scopes in; what it asks is set aside or doubted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import Scopes
from service.text.vocabulary.tokens import Token

_ASKS = frozenset([
    "what", "how", "when", "why", "can", "could", "should", "is", "are", "do", "does", "will", "would", "if", "who",
    "where", "has", "have", "am", "did", "was", "clinical", "question", "indication", "any", "which",
])  # fmt: skip
_NUMBER = re.compile(r"q?\d+[a-z]?\Z")
"""Of a question on a form."""
_TELLING = frozenset(["cannot", "can't", "cant", "unable", "since", "lost", "went", "woke", "started", "began"])
"""Words of a tale, which no question is."""
_SHORT_GUESS = 4
_ANSWERED = re.compile(
    r"\A\W*(?:q?\d+\w?\W+)?(?:is|are|was|has|have|does|do|did|any)\b[^?.]*\?\W{0,3}(?:no|none|nil|never)\W*\Z",
    re.IGNORECASE,
)
_SUSPECTED = (["it"], ["this"], ["that"])


def ask(clause: Sequence[Token], scopes: Scopes, *, away: bool) -> None:
    """A question tells nothing; one without a verb of asking ("Recurrence?") doubts. ``away``: so is the one before."""
    first = next((t.word for t in clause if t.word.isalnum() and not _NUMBER.match(t.word)), "")
    if (first in _ASKS and not _wonders(clause)) or away:
        scopes.away[:] = [True] * len(clause)
    else:
        begin = _guess(clause)
        scopes.doubted[begin:] = [True] * (len(clause) - begin)


def _guess(clause: Sequence[Token]) -> int:
    """Where the guess begins behind what is told as a fact: "cannot move her legs since last night, haematoma?"."""
    cut = next((at for at in range(len(clause) - 1, 0, -1) if clause[at].word == ","), 0)
    told = {token.word for token in clause[:cut]}
    guess = [token.word for token in clause[cut:] if token.word.isalnum()]
    tells = not _TELLING.isdisjoint(told) and _ASKS.isdisjoint(told)
    return cut if cut and tells and len(guess) <= _SHORT_GUESS and _TELLING.isdisjoint(guess) else 0


def _wonders(clause: Sequence[Token]) -> bool:
    """Whether a question names what its writer suspects of the patient: "Could it be an abscess in the spine?"."""
    opens = [t.word for t in clause if t.word.isalnum()][:3]
    return opens[:1] in (["could"], ["might"], ["may"]) and opens[1:2] in _SUSPECTED and opens[2:3] == ["be"]


def asks_later(read: Sequence[Token], clause: Sequence[Token], found: Sequence[Atom]) -> bool:
    """Whether the question begins behind this clause: "She is talking nonsense, should I call an ambulance?"."""
    later = [
        a.start for a in found if "contrast" in a.classes and not a.inner and read[a.start].start > clause[-1].start
    ]
    return clause[0].word not in _ASKS and any(read[at].word in _ASKS or read[at].word == "so" for at in later)


def is_answered_no(text: str) -> bool:
    """Whether a question of a form stands with its answer: "Is claimant paralysed, incontinent or disabled? No."."""
    return "?" in text and _ANSWERED.search(text) is not None
