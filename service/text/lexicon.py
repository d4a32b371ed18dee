"""The phrases to be found in running text: the raw lexicon in, a frozen `Lexicon` out.

The lexicon becomes one token trie, so a text costs one dictionary look-up per word however many phrases there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from sys import intern
from typing import Any

from msgspec import Struct

from service.text.tokens import tokens

KINDS = ("finding", "result", "symptom", "technique", "operation", "stated", "procedure", "risk")
ACTS = ("negation", "uncertain", "past", "done", "hypothetical", "other", "about", "swallow", "stop", "soft")
_ENDS = ""
_GAP = "..."
Node = tuple[dict[str, "Node"], tuple["Meaning", ...], dict[str, "Node"] | None]
"""Of the trie: the words that may follow, what the phrase so far means, and the words that may follow a gap."""

_CHOICE = re.compile(r"\{([^{}]*)\}")


class Meaning(Struct, frozen=True, gc=False):
    """What a phrase says: a concept (with its kind), or how the words around it are to be taken (``act``, ``reach``).

    ``beside``: it describes another concept ("worsening leg pain") and leaves that one standing."""

    concept: str = ""
    kind: str = ""
    code: str = ""
    act: str = ""
    reach: str = ""
    beside: bool = False


_ByFirst = dict[str, dict[tuple[str, ...], tuple[Meaning, ...]]]


class Lexicon(Struct, frozen=True):
    """All of lexicon.toml as one trie of tokens. ``opens`` holds the words with which a concept's phrase opens,
    each with the words that may follow (none when it may stand alone); ``marked`` holds the words of each phrase of
    the concepts that were to be marked, ``everyday`` words that say little because all of medicine uses them."""

    trie: Mapping[str, Node]
    opens: Mapping[str, frozenset[str]]
    marked: frozenset[frozenset[str]]
    everyday: frozenset[str]
    reads_in: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[str]]
    elsewhere: frozenset[str]
    spinal: frozenset[str]
    fillers: frozenset[str]

    def read_in(self, meaning: Meaning) -> frozenset[str]:
        """The kinds of text that may say this: told for the concept itself, else for its kind."""
        return self.reads_in.get(meaning.concept) or self.reads_in.get(meaning.kind, frozenset())


def compile_lexicon(raw: Mapping[str, Any], mark: frozenset[str] = frozenset()) -> Lexicon:
    """Turn the parsed lexicon.toml into tries; a word it does not know is a ``ValueError`` that names it."""
    by_first: _ByFirst = {}
    opens: dict[str, set[str]] = {}
    marked: set[frozenset[str]] = set()
    silent = frozenset(raw.get("fillers", {}).get("silent", ()))
    for meaning, phrase in (*_concepts(raw), *_cues(raw)):
        skipped = silent if meaning.concept else frozenset[str]()  # a cue may hang on its "is" or "has"
        alone = (meaning,)
        for variant in spell_out(phrase):
            parts = [
                tuple(intern(word) for word in tokens(part) if word not in skipped) for part in variant.split(_GAP)
            ]
            if not all(parts):
                raise ValueError(f"lexicon.toml: '{phrase}' ({meaning.concept or meaning.act}) holds an empty part.")
            way = parts[0] if len(parts) == 1 else tuple(word for part in parts for word in (_GAP, *part))[1:]
            ways = by_first.setdefault(way[0], {})
            if meaning not in (held := ways.setdefault(way, alone)):
                ways[way] = (*held, meaning)
            if meaning.concept:
                opens.setdefault(parts[0][0], set()).add(parts[0][1] if len(parts[0]) > 1 else "")
            if meaning.concept in mark:
                marked.add(frozenset(word for part in parts for word in part))
    return Lexicon(
        trie=_trie(by_first),
        opens={word: frozenset() if "" in after else frozenset(after) for word, after in opens.items()},
        marked=frozenset(marked),
        everyday=frozenset(raw.get("everyday", {}).get("words", ())),
        reads_in={key: frozenset(where) for key, where in raw.get("reads_in", {}).items()},
        opposites=_opposites(raw.get("opposites", {})),
        elsewhere=frozenset(raw.get("elsewhere", {}).get("body", ())),
        spinal=frozenset(raw.get("elsewhere", {}).get("spine", ())),
        fillers=silent | frozenset(raw.get("fillers", {}).get("passing", ())),
    )


def spell_out(phrase: str) -> Iterator[str]:
    """All spellings of a phrase with choices: ``{disc|disk} herniation`` gives two; an empty choice may be left out."""
    pieces = _CHOICE.split(phrase)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    for chosen in product(*choices):
        yield " ".join("".join(chosen).split())


def may_speak(lexicon: Lexicon, words: Sequence[str]) -> bool:
    """Whether a concept can occur at all: the cheap look that spares most texts and sentences the rest."""
    opens, fillers = lexicon.opens, lexicon.fillers
    expected: frozenset[str] | None = None
    for word in words:
        if expected is not None and (word in expected or word in fillers):
            return True
        expected = opens.get(word)
        if expected is not None and not expected:
            return True
    return False


def _trie(by_first: _ByFirst) -> dict[str, Node]:
    """One branch after the other, each shared as soon as it stands: all at once, memory stays in pieces."""
    trie, seen = dict[str, Node](), dict[object, Node]()
    for first in list(by_first):
        branch: dict[str, Any] = {}
        for way, meanings in by_first.pop(first).items():
            node = branch
            for word in way[1:]:
                node = node.setdefault(word, {})
            node[_ENDS] = meanings
        trie[first] = _share(branch, seen)
    return trie


def _share(branch: dict[str, Any], seen: dict[object, Node]) -> Node:
    """The same branch with equal nodes held once: choices make many, and a tenth of the memory is enough."""
    meanings = branch.pop(_ENDS, ())
    after = {word: _share(child, seen) for word, child in branch.items()}
    key = (tuple(sorted((word, id(child)) for word, child in after.items())), meanings)
    beyond = after.pop(_GAP, None)
    return seen.setdefault(key, (after, meanings, beyond[0] if beyond else None))


def _concepts(raw: Mapping[str, Any]) -> Iterator[tuple[Meaning, str]]:
    beside = frozenset(raw.get("beside", {}).get("concepts", ()))
    for kind in KINDS:
        for concept, phrases in raw.get(kind, {}).items():
            # An operation is listed once per class, for its class letter is what the phrase adds to the concept.
            groups = phrases.items() if isinstance(phrases, Mapping) else [("", phrases)]
            for code, group in groups:
                for phrase in group:
                    yield Meaning(concept=concept, kind=kind, code=code, beside=concept in beside), phrase


def _cues(raw: Mapping[str, Any]) -> Iterator[tuple[Meaning, str]]:
    for act, reaches in raw.get("cues", {}).items():
        if act not in ACTS:
            raise ValueError(f"lexicon.toml: cues.{act} is not known. Known: {', '.join(ACTS)}.")
        for reach, phrases in reaches.items():
            for phrase in phrases:
                yield Meaning(act=act, reach=reach), phrase


def _opposites(raw: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    both: dict[str, set[str]] = {}
    for concept, others in raw.items():
        for other in others:
            both.setdefault(concept, set()).add(other)
            both.setdefault(other, set()).add(concept)
    return {concept: frozenset(others) for concept, others in both.items()}
