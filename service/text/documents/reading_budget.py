"""How much of a record is read: entries in; which are only searched for emergencies, and how far, out."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from msgspec import Struct, field

from service.domain.statements import Statement
from service.text.documents.entries import Entry
from service.text.vocabulary.sections import Section

Said = list[tuple[Statement, Section]]

MOST_CHARACTERS = 200_000
"""Of all texts of a record, about a hundred pages, newest first: no chart can hold up a call."""
MOST_SEARCHED = 60_000
"""Characters of sentences that hold a word of an emergency, in what lies beyond."""
MOST_OF_ONE = 1_000_000
"""Characters of one text that are searched."""
MOST_STATEMENTS = 400
"""Of one entry; of emergencies more."""

SEARCHED = "only searched for signs of an emergency: the notes are too many or too long"
SEARCHED_IN_PART = f"{SEARCHED}; the search ended before the text did"
CROWDED = f"only its first {MOST_STATEMENTS} statements count, and of what follows signs of an emergency"
_WORD = re.compile(r"[^\W_]+")
_MENDED = re.compile(r"-\s*\n|&")


class Search(Struct):
    """The search of what is beyond the budget: ``words`` of an emergency, the characters that are ``left``, and
    the sentences ``read`` of this entry: a copy says nothing new."""

    words: frozenset[str]
    left: int = MOST_SEARCHED
    read: set[str] = field(default_factory=set)
    cut: bool = False

    def of(self, words: str) -> str:
        """As much of a text as is searched; what is cut off ends the search in part."""
        if len(words) > MOST_OF_ONE:
            self.cut = True
        return words[:MOST_OF_ONE]

    def passes_over(self, words: str) -> bool:
        """Whether a text plainly holds none of the words; one whose spelling has first to be mended is looked into."""
        return words.isascii() and not _MENDED.search(words) and self.words.isdisjoint(_WORD.findall(words.lower()))

    def ended_early(self) -> bool:
        return self.cut or self.left <= 0

    def opens(self) -> None:
        """Begins an entry."""
        self.read.clear()

    def takes(self, sentence: str) -> bool:
        """Whether the sentence is read: it holds one of the words, is no copy, and something is left."""
        if self.left <= 0 or sentence in self.read or self.words.isdisjoint(_WORD.findall(sentence.lower())):
            return False
        self.left -= len(sentence)
        self.read.add(sentence)
        return True


def beyond(held: Sequence[Entry]) -> frozenset[str]:
    """The entries that are only searched: those for which the newer ones leave no room."""
    sizes = {entry.ref: sum(len(text.words) for text in entry.texts) for entry in held}
    if sum(sizes.values()) <= MOST_CHARACTERS:
        return frozenset()
    left, searched = MOST_CHARACTERS, set[str]()
    days = {entry.ref: max((t.stated.first.toordinal() for t in entry.texts if t.stated), default=0) for entry in held}
    for ref in sorted(sizes, key=lambda ref: (-days[ref], ref)):
        if sizes[ref] > left:
            searched.add(ref)
        else:
            left -= sizes[ref]
    return frozenset(searched)


def within(said: Said, emergencies: Container[str]) -> Said:
    """As many statements of one entry as are kept; behind them those of emergencies, each with the last that is told of
    it by polarity and side, so that any number of them is bounded work."""
    if len(said) <= MOST_STATEMENTS:
        return said
    last = {
        (s.concept, s.polarity, s.side, s.closed): at
        for at, (s, _) in enumerate(said[MOST_STATEMENTS:], MOST_STATEMENTS)
        if s.concept in emergencies
    }
    return said[:MOST_STATEMENTS] + [said[at] for at in sorted(last.values())]
