"""The phrases that occur: a lexicon and the tokens of one sentence in, the phrases in it out, each with its place.

One dictionary look-up per word, however many phrases there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from service.text.lexicon import Lexicon, Meaning, Node

GAP = 8
"""How many words may stand in a phrase's "..." ; more is seldom the same thought."""

FILLERS = 4
"""Fillers that may be passed over at one place of a phrase."""

_BREAKS = frozenset({";", "but", "however", "although", "though", "denies"})
_INNER = Meaning(act="negation", reach="inner")
_FEW = 12
"""Phrases that are compared each with each; of more, only those that stand at one place."""

_Runs = tuple[tuple[int, int], ...]


class Hit(NamedTuple):
    """A phrase that occurs: the token runs it is made of (one, or one more for each "..."), and how many they are."""

    meaning: Meaning
    runs: _Runs
    start: int
    end: int
    length: int


def find(lexicon: Lexicon, words: Sequence[str]) -> list[Hit]:
    """The phrases in one sentence, by place; a phrase that is only part of a longer one is left out."""
    found: list[Hit] = []
    trie, fillers, size = lexicon.trie, lexicon.fillers, len(words)
    for start, word in enumerate(words):
        node = trie.get(word)
        if node is None:
            continue
        (after, meanings, beyond), end = node, start + 1
        while not beyond and (end == size or words[end] not in fillers or not after):
            # There is but one way on.
            if meanings:
                run = ((start, end),)
                found += [Hit(m, run, start, end, end - start) for m in meanings if _stands(m, words, end)]
            onward = after.get(words[end]) if end < size else None
            if onward is None:
                break
            after, meanings, beyond = onward
            end += 1
        else:
            _walk((after, meanings, beyond), words, start, end, fillers, found)
    return _outermost(found) if len(found) > 1 else found


def _walk(node: Node, words: Sequence[str], start: int, end: int, fillers: frozenset[str], found: list[Hit]) -> None:
    """Add the phrases that begin at ``start`` and have reached ``node``. The ways part where a filler may be passed
    over as well as taken, and at a gap; those that wait are tried after the one at hand."""
    size = len(words)
    waiting: list[tuple[Node, int, int, _Runs]] = [(node, start, end, ())]
    while waiting:
        (after, meanings, beyond), begin, end, before = waiting.pop()
        passed = 0
        while True:
            if not passed and (meanings or beyond):
                runs = (*before, (begin, end))
                if meanings:
                    length = sum(last - first for first, last in runs)
                    found += [Hit(m, runs, start, end, length) for m in meanings if _stands(m, words, end)]
                if beyond:
                    waiting += [(beyond[words[at]], at, at + 1, runs) for at in _after_gap(words, end, beyond)]
            if end == size or not after:
                break
            word = words[end]
            end += 1
            onward = after.get(word)
            if word in fillers and passed < FILLERS:
                if onward is not None:
                    waiting.append((onward, begin, end, before))
                passed += 1
            elif onward is not None:
                after, meanings, beyond = onward
                passed = 0
            else:
                break


def _after_gap(words: Sequence[str], end: int, beyond: Mapping[str, Node]) -> Iterator[int]:
    for at in range(end, min(end + GAP + 1, len(words))):
        if words[at] in beyond:
            yield at
        if words[at] in _BREAKS:
            return


def _stands(meaning: Meaning, words: Sequence[str], end: int) -> bool:
    """A closing cue ("fever: none") stands only where its clause ends."""
    return meaning.reach != "closing" or end >= len(words) or words[end] in {",", ";", ")", "("}


def _outermost(found: list[Hit]) -> list[Hit]:
    """Without the phrases that are only part of another: of "leg pain has resolved" and "leg pain" the first stays.

    A negation inside a concept's own phrase stays, but reaches less far: "no bridging bone or solid fusion" denies the
    fusion, "no bridging bone, halo round the screw" no halo. Only phrases that overlap are compared: each run of them,
    from a place where none is under way to the next such place, is a crowd of its own.
    """
    kept: list[Hit] = []
    crowd: list[Hit] = []
    reached = 0
    for hit in found:
        if hit.start >= reached:
            kept += crowd if len(crowd) < 2 else _outermost_of(crowd)
            crowd = []
        crowd.append(hit)
        reached = max(reached, hit.end)
    return kept + (crowd if len(crowd) < 2 else _outermost_of(crowd))


def _outermost_of(crowd: list[Hit]) -> list[Hit]:
    """As ``_outermost``, of phrases each of which begins within another."""
    at_place: dict[int, list[Hit]] = {}
    longest = 0
    for hit in crowd:
        longest = max(longest, hit.length)
        if len(crowd) > _FEW:
            for start, end in hit.runs:
                for at in range(start, end):
                    at_place.setdefault(at, []).append(hit)
    kept = []
    for hit in crowd:
        if hit.length == longest and len(hit.runs) == 1:
            kept.append(hit)
        elif left := _kept(hit, at_place[hit.runs[-1][0]] if at_place else crowd):
            kept.append(left)
    return kept


def _kept(hit: Hit, others: Sequence[Hit]) -> Hit | None:
    """The phrase as it stands beside longer ones: whole, as a negation that reaches less far, or not at all."""
    meaning, runs, first, last, length = hit
    if meaning.act == "about":  # "since the fusion" looks back, and still names the fusion
        return hit
    if len(runs) > 1:
        return None if any(o.meaning.act == "swallow" and _is_within(*runs[-1], o) for o in others) else hit
    is_part = False
    for other in others:
        told = other.meaning
        if other.length <= length or told.act == "about" or (told.beside and meaning.concept):
            continue
        if _is_within(first, last, other):
            if meaning.act != "negation" or not told.concept:
                return None
            is_part = True
    return hit._replace(meaning=_INNER) if is_part and meaning.reach not in {"after", "closing"} else hit


def _is_within(start: int, end: int, other: Hit) -> bool:
    return any(first <= start and end <= last for first, last in other.runs)
