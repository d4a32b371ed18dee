"""The words of the language data that occur: tokens of one sentence in, its atoms out, each with its classes.

One look-up a word, however many phrases there are. The longest phrase wins; the names of body parts inside a longer
phrase stay, so that other words may belong to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from service.text.vocabulary.language import Language, Node
from service.text.vocabulary.tokens import Token

_NONE: frozenset[str] = frozenset()


class Atom(Struct, gc=False):
    """Tokens ``start`` to ``end`` as members of ``classes``; ``inner`` when it is part of a longer phrase."""

    start: int
    end: int
    classes: frozenset[str]
    inner: bool = False


def atoms(read: Sequence[Token], language: Language) -> list[Atom]:
    """Every phrase of the data in these tokens, in order; two never overlap but for inner ones and names."""
    found: list[Atom] = []
    trie, passing = language.trie, language.passing
    at, size = 0, len(read)
    while at < size:
        token = read[at]
        first = trie.get(token.key) if token.key else trie.get(token.word)
        special = trie.get(token.exact) if token.exact else None
        if first is None and special is None:
            at += 1
            continue
        end, classes = _longest(read, at, size, first, special, passing)
        if not end:
            at += 1
            continue
        found.append(Atom(at, end, classes))
        if end - at > 1 and language.site_classes.isdisjoint(classes):
            for inside in range(at, end):
                sites = language.sites.get(read[inside].key, _NONE) - classes
                if sites:
                    found.append(Atom(inside, inside + 1, sites, True))
        at = end
    named = _named(read, language)
    return sorted([*found, *named], key=_start) if named else found


def _named(read: Sequence[Token], language: Language) -> list[Atom]:
    """The names of diagnoses, over whatever else their words are: "recurrent disc extrusion" stays an extrusion."""
    found: list[Atom] = []
    free = 0
    for at, token in enumerate(read):
        first = language.names.get(token.key) if token.key else language.names.get(token.word)
        special = language.names.get(token.exact) if token.exact else None
        if at >= free and (first is not None or special is not None):
            end, classes = _longest(read, at, len(read), first, special, language.passing)
            if end:
                found.append(Atom(at, end, classes, True))
                free = end
    return found


def _longest(
    read: Sequence[Token], at: int, size: int, first: Node | None, special: Node | None, passing: frozenset[str]
) -> tuple[int, frozenset[str]]:
    best, classes = 0, _NONE
    waiting = [(node, at + 1) for node in (first, special) if node is not None]
    while waiting:
        node, reach = waiting.pop()
        told = node.get("")
        if told is not None:
            if reach > best:
                best, classes = reach, told
            elif reach == best:
                classes = classes | told
        if reach == size:
            continue
        token = read[reach]
        onward = node.get(token.key or token.word)
        if onward is not None:
            waiting.append((onward, reach + 1))
        if token.exact and (other := node.get(token.exact)) is not None:
            waiting.append((other, reach + 1))
        if token.word in passing and len(node) > (told is not None):
            waiting.append((node_without_end(node), reach + 1))
    return best, classes


def node_without_end(node: Node) -> Node:
    """The same place of the trie after a word that was passed over: what ended before it does not end here."""
    return {key: below for key, below in node.items() if key} if "" in node else node


_MANY, _LONG = 40, 12
"""Atoms of a clause as people write them, and the room of the longest of them."""


def around(read: Sequence[Token], found: Sequence[Atom], low: int, high: int, reach: int) -> Sequence[Atom]:
    """The atoms that may lie within ``reach`` of the tokens from ``low`` to ``high``: all of a clause as people write
    them, few of one without end, or each of its findings would look at every other."""
    if len(found) < _MANY:
        return found
    first = last = bisect_left(found, low, key=_start)
    while first and read[low].room - read[found[first - 1].start].room <= reach + _LONG:
        first -= 1
    while last < len(found) and read[found[last].start].room - read[high - 1].room <= reach:
        last += 1
    return found[first:last]


def _start(atom: Atom) -> int:
    return atom.start
