"""Which long words are one letter away from a misspelt one: forms in, an index of a few megabytes out.

Each long form is found under what is left of it without one of its letters. A table of all that is left would take
forty megabytes of every process for strings that hardly any text asks for; so that only their hashes are kept, sorted,
and what is found under one is checked by its letters.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

SHORTEST_CORRECTED = 7
"""Letters that a word needs before one that is wrong, missing or too many in it is forgiven."""

_PLACES = 20
_HASHES = (1 << (64 - _PLACES)) - 1


class OneLetterOff:
    """Of ``forms`` those of letters alone that are long enough; a million at most."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = [form for form in forms if len(form) >= SHORTEST_CORRECTED and form.isalpha()]
        if len(self._forms) >> _PLACES:
            raise ValueError("more long words than the index has places for")
        found = [
            (hash(less) & _HASHES) << _PLACES | place
            for place, form in enumerate(self._forms)
            for less in without_a_letter(form)
        ]
        found.sort()
        self._found = array("Q", found)

    def longer(self, word: str) -> Iterator[str]:
        """The forms that are this word with one letter more."""
        first = (hash(word) & _HASHES) << _PLACES
        found, at = self._found, bisect_left(self._found, first)
        while at < len(found) and found[at] >> _PLACES == first >> _PLACES:
            form = self._forms[found[at] & ((1 << _PLACES) - 1)]
            if word in without_a_letter(form):
                yield form
            at += 1


def without_a_letter(word: str) -> set[str]:
    """What is left of a word without one of its letters, each once."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
