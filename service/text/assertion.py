"""Scope of negation, doubt, past and hypothesis: the phrases of one sentence in, how each concept is meant out.

The idea is ConText's (Harkema 2009): a cue reaches forward or backward until something ends it. Ours leans to caution:
where a list may go on, the negation goes on, for a negated finding that counts does more harm than one that is missed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from service.domain.statements import Polarity
from service.text.matcher import Hit

SHORT = 5
"""Words that a cue of reach "near" covers."""

_SCOPED = frozenset({"negation", "uncertain", "past", "done", "hypothetical", "other"})
_MARKS = frozenset({",", ";"})
_OR = frozenset({"or", "nor"})
_AND = frozenset({"and", "with"})
_SPOTS = _MARKS | _OR | _AND
_FORWARD = frozenset({"before", "list", "near", "around", "inner"})
_BACKWARD = frozenset({"after", "closing", "around"})


class Scope(NamedTuple):
    """How a concept is meant: its polarity; past, done (of operations), only thought of, or another person's."""

    polarity: Polarity = Polarity.YES
    past: bool = False
    done: bool = False
    hypothetical: bool = False
    other: bool = False


_PLAIN = Scope()


class _Reach(NamedTuple):
    act: str
    first: int
    last: int
    cue: Hit
    forward: bool


class _Bounds(NamedTuple):
    """Where scopes may end in this sentence: token places, in order."""

    size: int
    stops: list[int]
    softs: list[int]
    marks: list[int]
    semicolons: list[int]
    ors: list[int]
    ands: list[int]
    closers: tuple[int, ...] | None
    """For each token the bracket that closes around it, else the size; ``None`` without brackets."""


def read_scopes(words: Sequence[str], hits: Sequence[Hit], *, report: bool = False) -> list[tuple[Hit, Scope]]:
    """Each concept among the hits with its scope. ``report`` also lets severity words end a negation ("no fracture,
    severe stenosis"); in notes they may stand inside a list of what is denied."""
    concepts, cues, scoped = list[Hit](), list[Hit](), False
    for hit in hits:
        if hit.meaning.concept:
            concepts.append(hit)
        else:
            cues.append(hit)
            scoped = scoped or hit.meaning.act in _SCOPED
    if not concepts or not scoped:
        return [(hit, _PLAIN) for hit in concepts]
    bounds = _bounds(words, cues, report)
    reaches = [reach for cue in cues if cue.meaning.act in _SCOPED for reach in _reaches(cue, bounds)]
    return [(hit, _scope(hit, reaches)) for hit in concepts]


def speaks_of_surgery(hits: Sequence[Hit]) -> bool:
    """Whether the sentence looks back on an operation ("since the fusion")."""
    return any(hit.meaning.act == "about" for hit in hits)


def _scope(hit: Hit, reaches: Sequence[_Reach]) -> Scope:
    over = [reach for reach in reaches if _covers(reach, hit)]
    if not over:
        return _PLAIN
    acts = {reach.act for reach in over}
    return Scope(_polarity(hit, over), "past" in acts, "done" in acts, "hypothetical" in acts, "other" in acts)


def _covers(reach: _Reach, hit: Hit) -> bool:
    """A cue that is part of the concept's own phrase says nothing about it: "pain has resolved" is relief."""
    cue, covered = reach.cue, False
    for start, end in hit.runs:
        if start < cue.end and cue.start < end and _is_part(reach, start, end):
            return False
        covered = covered or (reach.first <= start and end <= reach.last)
    return covered


def _is_part(reach: _Reach, start: int, end: int) -> bool:
    cue = reach.cue
    return cue.start >= start if reach.forward else cue.start <= start or cue.end <= end


def _polarity(hit: Hit, over: Sequence[_Reach]) -> Polarity:
    """The nearer of negation and doubt is the one meant: "no sign of possible loosening", "possibly no loosening"."""
    telling = [reach for reach in over if reach.act in {"negation", "uncertain"}]
    if not telling:
        return Polarity.YES
    nearest = min(telling, key=lambda reach: (_distance(reach.cue, hit), reach.act))
    return Polarity.NO if nearest.act == "negation" else Polarity.UNCERTAIN


def _distance(cue: Hit, hit: Hit) -> int:
    return max(hit.start - cue.end, cue.start - hit.end)


def _reaches(cue: Hit, bounds: _Bounds) -> list[_Reach]:
    act, reach = cue.meaning.act, cue.meaning.reach
    reaches = []
    if reach in _FORWARD:
        reaches.append(_Reach(act, cue.start + 1, _forward_end(cue, bounds), cue, forward=True))
    if reach in _BACKWARD:
        reaches.append(_Reach(act, _backward_start(cue, bounds), cue.end - 1, cue, forward=False))
    return reaches


def _forward_end(cue: Hit, bounds: _Bounds) -> int:
    at, act = cue.end, cue.meaning.act
    end = _next(bounds.stops, at, bounds.size)
    if bounds.closers:
        end = min(end, bounds.closers[cue.start])
    if cue.meaning.reach != "list":
        end = min(end, _next(bounds.semicolons, at, end))
    if cue.meaning.reach == "inner":
        end = min(end, _next(bounds.ands, at, end))
    if (act in {"uncertain", "past", "done"} or cue.meaning.reach == "inner") and not _has(bounds.ors, at, end):
        end = min(end, _next(bounds.marks, at, end))
    if act == "negation":
        soft = _next(bounds.softs, at, end)
        if not _has(bounds.ors, soft, end):
            end = min(end, soft)
    return min(end, at + SHORT) if cue.meaning.reach == "near" else end


def _backward_start(cue: Hit, bounds: _Bounds) -> int:
    at = cue.start
    start = max(_previous(bounds.stops, at), _previous(bounds.semicolons, at))
    mark = _previous(bounds.marks, at)
    return start if _has(bounds.ors, mark, at) and cue.meaning.reach != "closing" else max(start, mark)


def _bounds(words: Sequence[str], cues: Sequence[Hit], report: bool) -> _Bounds:
    marks, semicolons, ors, ands = list[int](), list[int](), list[int](), list[int]()
    for at, word in enumerate(words) if not _SPOTS.isdisjoint(words) else ():
        if word in _MARKS:
            marks.append(at)
            if word == ";":
                semicolons.append(at)
        elif word in _OR:
            ors.append(at)
        elif word in _AND:
            ands.append(at)
    return _Bounds(
        size=len(words),
        stops=[cue.start for cue in cues if cue.meaning.act == "stop"],
        softs=[cue.start for cue in cues if cue.meaning.act == "soft"] if report else [],
        marks=marks,
        semicolons=semicolons,
        ors=ors,
        ands=ands,
        closers=_closers(words) if ")" in words else None,
    )


def _closers(words: Sequence[str]) -> tuple[int, ...]:
    """A negation that opens inside brackets ends with them; one that opened before runs on through them."""
    closers = [len(words)] * len(words)
    opened: list[int] = []
    for at, word in enumerate(words):
        if word == "(":
            opened.append(at)
        elif word == ")" and opened:
            for inside in range(opened.pop() + 1, at):
                closers[inside] = min(closers[inside], at)
    return tuple(closers)


def _next(places: Sequence[int], at: int, otherwise: int) -> int:
    if not places or places[-1] < at:
        return otherwise
    return places[bisect_left(places, at)]


def _previous(places: Sequence[int], at: int) -> int:
    if not places or places[0] >= at:
        return 0
    return places[bisect_right(places, at - 1) - 1] + 1


def _has(places: Sequence[int], first: int, last: int) -> bool:
    return _next(places, first, last) < last
