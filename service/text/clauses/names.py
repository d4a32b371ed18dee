"""People's names: a sentence's text and atoms in, the atoms that are no part of a name out.

A surname may be a clinical word: Mr Foley has no catheter, Mrs Payne no pain, and Dr Legg is no leg.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.clauses.matcher import Atom
from service.text.vocabulary.language import Language
from service.text.vocabulary.tokens import Token

_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sister|Messrs)\b\.?\s+(?:[A-Z]\.?\s+){0,2}(?P<first>[A-Z][\w'\u2019-]*[a-z])"
    r"(?:\s+(?P<last>[A-Z][\w'\u2019-]*[a-z])(?=\s+[a-z]|\s*[,;()]|\s*$))?"
)


def without_names(text: str, read: Sequence[Token], found: list[Atom], language: Language) -> list[Atom]:
    """The atoms, but for those in the name behind a title. A second name that is a body part too stays one, for it may
    open what is said ("Mr Jones Foot drop")."""
    spans = [(m.span("first"), m.span("last")) for m in _TITLE.finditer(text)]
    if not spans:
        return found
    return [a for a in found if not any(_is_name(a, read, first, last, language) for first, last in spans)]


def _is_name(
    atom: Atom, read: Sequence[Token], first: tuple[int, int], last: tuple[int, int], language: Language
) -> bool:
    begin, end = read[atom.start].start, read[atom.end - 1].end
    if first[0] <= begin and end <= first[1]:
        return True
    return last[0] <= begin and end <= last[1] and language.site_classes.isdisjoint(atom.classes)
