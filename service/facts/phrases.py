"""Phrases in running text: the raw lexicon in, a frozen `Lexicon` out; tokens in, the phrases that occur in them out.

The lexicon becomes one token trie, so a text costs one dictionary look-up per word however many phrases there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from sys import intern
from typing import Any

TOKEN = re.compile(r"[^\W_]+|[?%;,:()]")
KINDS = ("finding", "result", "symptom", "technique", "operation", "stated", "procedure", "risk")
ACTS = ("negation", "uncertain", "past", "done", "hypothetical", "other", "about", "swallow", "stop", "soft")
GAP = 8
"""How many words may stand in a phrase's "..." ; more is seldom the same thought."""

FILLERS = 4
"""Fillers that may be passed over at one place of a phrase."""

_ENDS = ""
_GAP = "..."
_BREAKS = frozenset({";", "but", "however", "although", "though", "denies"})
_Path = tuple[Mapping[str, Any], int, int, int, tuple[tuple[int, int], ...]]
_CHOICE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a concept (with its kind), or how the words around it are to be taken (``act``, ``reach``).

    ``beside``: it describes another concept ("worsening leg pain") and leaves that one standing."""

    concept: str = ""
    kind: str = ""
    code: str = ""
    act: str = ""
    reach: str = ""
    beside: bool = False


_ByFirst = dict[str, dict[tuple[str, ...], tuple[Meaning, ...]]]
_INNER = Meaning(act="negation", reach="inner")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that occurs: the token runs it is made of (one, or one more for each "..."), and how many they are."""

    meaning: Meaning
    runs: tuple[tuple[int, int], ...]
    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of lexicon.toml as one trie of tokens. ``opens`` holds the words with which a concept's phrase opens,
    each with the words that may follow (none when it may stand alone); ``marked`` holds the words of each phrase of
    the concepts that were to be marked, ``everyday`` words that say little because all of medicine uses them."""

    trie: Mapping[str, Any]
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


def tokens(text: str) -> list[str]:
    """Words and the few marks that matter, in lower case; hyphens and slashes part words."""
    return [word.lower() for word in TOKEN.findall(text)]


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


def find(lexicon: Lexicon, words: Sequence[str]) -> list[Hit]:
    """The phrases in one sentence, by place; a phrase that is only part of a longer one is left out."""
    found: list[Hit] = []
    trie, fillers, last = lexicon.trie, lexicon.fillers, len(words) - 1
    for start, word in enumerate(words):
        node = trie.get(word)
        if node is None:
            continue
        at = start + 1
        while at <= last and words[at] in fillers and words[at] not in node:
            at += 1
        if _ENDS in node or _GAP in node or (at <= last and words[at] in node):
            _walk(lexicon, words, start, found)
    return _outermost(found) if _is_crowded(found) else found


def _is_crowded(found: list[Hit]) -> bool:
    reached = 0
    for hit in found:
        if hit.start < reached:
            return True
        reached = max(reached, hit.end)
    return False


def _walk(lexicon: Lexicon, words: Sequence[str], start: int, found: list[Hit]) -> None:
    """Add the phrases that open at ``start``, word by word as long as there is but one way on."""
    node, end, size, fillers = lexicon.trie[words[start]], start + 1, len(words), lexicon.fillers
    while node is not None:
        if _GAP in node or (end < size and words[end] in fillers and (len(node) > 1 or _ENDS not in node)):
            return _walk_all_ways(lexicon, words, (node, start, end, 0, ()), found)
        if _ENDS in node:
            _add(node[_ENDS], words, ((start, end),), found)
        node = node.get(words[end]) if end < size else None
        end += 1
    return None


def _walk_all_ways(lexicon: Lexicon, words: Sequence[str], path: _Path, found: list[Hit]) -> None:
    """As ``_walk``, where a filler may be passed over as well as taken, and a gap may hold several words."""
    size, fillers, paths = len(words), lexicon.fillers, [path]
    while paths:
        node, begin, end, passed, before = paths.pop()
        if not passed:
            if _ENDS in node:
                _add(node[_ENDS], words, (*before, (begin, end)), found)
            if (beyond := node.get(_GAP)) is not None:
                runs = (*before, (begin, end))
                paths += [(beyond[words[at]], at, at + 1, 0, runs) for at in _after_gap(words, end, beyond)]
        if end == size:
            continue
        if (after := node.get(words[end])) is not None:
            paths.append((after, begin, end + 1, 0, before))
        if words[end] in fillers and passed < FILLERS:
            paths.append((node, begin, end + 1, passed + 1, before))


def _add(
    meanings: Iterable[Meaning], words: Sequence[str], runs: tuple[tuple[int, int], ...], found: list[Hit]
) -> None:
    start, end = runs[0][0], runs[-1][1]
    length = end - start if len(runs) == 1 else sum(last - first for first, last in runs)
    found += [Hit(m, runs, start, end, length) for m in meanings if m.reach != "closing" or _closes(words, end)]


def _after_gap(words: Sequence[str], end: int, beyond: Mapping[str, Any]) -> Iterator[int]:
    for at in range(end, min(end + GAP + 1, len(words))):
        if words[at] in beyond:
            yield at
        if words[at] in _BREAKS:
            return


def _closes(words: Sequence[str], end: int) -> bool:
    return end >= len(words) or words[end] in {",", ";", ")", "("}


def _outermost(found: list[Hit]) -> list[Hit]:
    """Without the phrases that are only part of another. A negation inside a concept's own phrase stays, but reaches
    less far: "no bridging bone or solid fusion" denies the fusion, "no bridging bone, halo round the screw" no halo."""
    covers: dict[int, list[tuple[int, int, Hit]]] = {}
    for hit in found:
        if hit.meaning.act != "about":  # "since the fusion" looks back, and still names the fusion
            for start, end in hit.runs:
                for at in range(start, end):
                    covers.setdefault(at, []).append((start, end, hit))
    return [kept for hit in found if (kept := _kept(hit, covers.get(hit.runs[-1][0], ()))) is not None]


def _kept(hit: Hit, covers: Iterable[tuple[int, int, Hit]]) -> Hit | None:
    if hit.meaning.act == "about":
        return hit
    if len(hit.runs) > 1:
        start, end = hit.runs[-1]
        return None if _is_swallowed(start, end, covers) else hit
    around = [o for start, end, o in covers if start <= hit.start and hit.end <= end and o.length > hit.length]
    if hit.meaning.concept:
        around = [other for other in around if not other.meaning.beside]
    if not around:
        return hit
    if hit.meaning.act == "negation" and all(other.meaning.concept for other in around):
        return hit if hit.meaning.reach in {"after", "closing"} else replace(hit, meaning=_INNER)
    return None


def _is_swallowed(start: int, end: int, covers: Iterable[tuple[int, int, Hit]]) -> bool:
    return any(o.meaning.act == "swallow" and first <= start and end <= last for first, last, o in covers)


def _trie(by_first: _ByFirst) -> dict[str, Any]:
    """One branch after the other, each shared as soon as it stands: all at once, memory stays in pieces."""
    trie, seen = dict[str, Any](), dict[object, dict[str, Any]]()
    for first in list(by_first):
        for way, meanings in by_first.pop(first).items():
            node = trie
            for word in way:
                node = node.setdefault(word, {})
            node[_ENDS] = meanings
        trie[first] = _share(trie[first], seen)
    return trie


def _share(node: dict[str, Any], seen: dict[object, dict[str, Any]]) -> dict[str, Any]:
    """The same trie with equal branches held once: choices make many, and a tenth of the memory is enough."""
    for word, child in node.items():
        if word != _ENDS:
            node[word] = _share(child, seen)
    key = tuple(sorted((word, id(child)) for word, child in node.items() if word != _ENDS))
    return seen.setdefault((key, node.get(_ENDS)), node)


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
