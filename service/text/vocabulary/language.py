"""What the reader knows, as it is asked while it reads: words in classes, numbers that mean something, and frames.

The data is in rules/language, one file a family; `compile_language` makes a `Language` of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from service.text.vocabulary.chart_weights import ChartWeights
from service.text.vocabulary.done_words import DoneWords
from service.text.vocabulary.misheard import Sounds
from service.text.vocabulary.sections import Headings
from service.text.vocabulary.sentence_weights import SentenceWeights
from service.text.vocabulary.tokens import Token, Words

Node = dict[str, Any]
"""Of the trie of phrases: the keys that may follow; under "" the classes of the phrase that ends here."""


class LanguageError(ValueError):
    """What is wrong with the language data, in a sentence for its author."""


class NumberRange(Struct, frozen=True):
    """A number that means something: its form (``plain``, ``percent``, ``of 5`` …), its bounds, what stands near it."""

    name: str
    form: str
    low: float
    high: float
    near: frozenset[str]
    units: frozenset[str]
    after: frozenset[str]
    unless: frozenset[str]


class Frame(Struct, frozen=True):
    """A concept as a combination of classes in one clause, in any order.

    ``terms`` holds the alternatives of each part, the head first; ``gap`` the most words between a part and the head;
    ``unless`` classes that must not stand near, ``nowhere`` those that must not stand in the clause; ``sign`` what the
    frame says of the concept; ``held`` whether the head must stand under a negation (``negated``), must not
    (``plain``), or may (``any``); ``kinds`` the kinds of text it is read in (empty: all).
    """

    concept: str
    sign: str
    terms: tuple[frozenset[str], ...]
    ordered: tuple[bool, ...]
    denied: tuple[bool, ...]
    gap: int
    unless: tuple[frozenset[str], ...]
    held: str
    kinds: frozenset[str]
    after: frozenset[str]
    number: int

    others: tuple[frozenset[str], ...] = ()
    nowhere: frozenset[str] = frozenset()


class Language(Struct, frozen=True):
    """Everything the reader knows. ``frames`` are found by a class of their head; ``names`` holds the phrases that are
    found beside all others, for the words of a diagnosis keep what they say by themselves."""

    words: Words
    trie: Node
    names: Node
    rewrites: Node
    sounds: Sounds
    sites: Mapping[str, frozenset[str]]
    axis: Mapping[str, str]
    numbers: Mapping[str, tuple[NumberRange, ...]]
    frames: Mapping[str, tuple[Frame, ...]]
    implies: Mapping[str, tuple[str, ...]]
    drops: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    groups: Mapping[str, frozenset[str]]
    passing: frozenset[str]
    opposites: Mapping[str, tuple[str, ...]]
    meanings: Mapping[str, tuple[str, str]]
    elsewhere: frozenset[str]
    spinal: frozenset[str]
    surgical: frozenset[str]
    alarming: frozenset[str]
    emergencies: frozenset[str]
    unlabelled: frozenset[str]
    clinical: frozenset[str]
    headings: Headings
    plain: Mapping[str, frozenset[str]]
    head_classes: frozenset[str]
    site_classes: frozenset[str]
    cue_classes: frozenset[str]
    done: DoneWords | None = None
    assertion: SentenceWeights = SentenceWeights({})
    alarm: SentenceWeights = SentenceWeights({})
    causes: ChartWeights = ChartWeights({})


_ARTICLES = frozenset({"the", "a", "an"})


def rewritten(read: list[Token], rewrites: Node) -> list[Token]:
    """The tokens with each run that is another way of saying something ("is unable to") as that one word or those."""
    if not any(t.key in rewrites for t in read):
        return read
    out: list[Token] = []
    at, size = 0, len(read)
    while at < size:
        node, end = rewrites.get(read[at].key), 0
        said: tuple[tuple[str, str], ...] = ()
        reach = at + 1
        while node is not None:
            if "" in node:
                end, (said, *_) = reach, node[""]
            if reach == size:
                break
            below = node.get(read[reach].key or read[reach].word)
            if below is not None or read[reach].word not in _ARTICLES:
                node = below
            reach += 1
        if end:
            first, last = read[at], read[end - 1]
            for nth, (word, key) in enumerate(said, 1 - len(said)):
                out.append(Token(word, key, "", first.start, last.end, max(first.room, last.room + nth)))
            at = end
        else:
            out.append(read[at])
            at += 1
    return out
