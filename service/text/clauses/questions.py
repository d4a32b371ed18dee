"""Sentences that end with a question mark: a clause and its scopes in; what it asks is set aside or doubted."""

from __future__ import annotations

from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.clauses.scopes import Scopes
from service.text.vocabulary.tokens import Token

_ASKS = frozenset([
    "what", "how", "when", "why", "can", "could", "should", "is", "are", "do", "does", "will", "would", "if", "who",
    "where", "has", "have", "am", "did", "was", "clinical", "question", "indication", "any", "which",
])  # fmt: skip
_SUSPECTED = (["it"], ["this"], ["that"])


def ask(clause: Sequence[Token], scopes: Scopes, *, away: bool) -> None:
    """A question tells nothing; one without a verb of asking ("Recurrence?") doubts. ``away``: so is the one before."""
    first = next((t.word for t in clause if t.word.isalnum()), "")
    if (first in _ASKS and not _wonders(clause)) or away:
        scopes.away[:] = [True] * len(clause)
    else:
        scopes.doubted[:] = [True] * len(clause)


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
