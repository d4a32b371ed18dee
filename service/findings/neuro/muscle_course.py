"""The course of a muscle's power: every grade of a chart in, what today's grades tell of age out.

A weak muscle is new only if it had more. Graded weak before, and no weaker now, it is known, whatever the note of
today calls it; graded once, its age is that of its note. The operation itself makes nothing old: a foot that was full
before it and weak after it fell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from service.chart.chart import Chart, after_index, covers_side, index_when, kept, said, within
from service.domain import partial_dates
from service.domain.places import Side
from service.domain.statements import Statement

FULL = 5.0
SLIGHT = 4.25
"""From here on a grade is less than full and yet no weakness that anybody acts on: 4+ and 5-."""
STEP = 1.0
"""Graders differ by less than a whole grade."""
SAME = 0.5
_MOST = 200
"""Gradings of one muscle that are compared, the newest; more are a machine's."""


class Verdict(StrEnum):
    """``FIRST``: graded weak for the first time; ``SLIGHT``: less than full, hardly weak; ``KNOWN``: as weak before
    the recent days, the operation, or in the words of the note itself; ``FALLEN``: lower by a grade than before."""

    FIRST = "first"
    SLIGHT = "slight"
    KNOWN = "known"
    FALLEN = "fallen"


class _Point(Struct, frozen=True, gc=False):
    muscle: str
    side: Side
    value: float
    first: date
    last: date
    old: bool
    baseline: bool
    source: str
    sentence: int


class _Graded(Struct, frozen=True, gc=False):
    by_muscle: Mapping[str, Sequence[_Point]]
    by_sentence: Mapping[tuple[str, int], Sequence[_Point]]


def verdict(chart: Chart, sign: Statement) -> Verdict | None:
    """What the grades in the sentence of a sign tell of its age; ``None`` where it grades nothing below full power."""
    if not sign.sentence:
        return None
    graded = kept(chart, "graded muscles", _points)
    here = graded.by_sentence.get((sign.source, sign.sentence), ())
    weak = [p for p in here if _is_weak(p, sign)]
    if sign.concept == "foot-drop" and not here and not _is_sudden(sign):
        # "TA 4/5 (preop 3/5). Walks with a mild slap": the foot is as weak as the note grades it.
        weak = [p for p in graded.by_muscle.get(_OF_FOOT, ()) if p.source == sign.source and _is_weak(p, sign)]
        return Verdict.KNOWN if weak and {_of(chart, p, graded) for p in weak} == {Verdict.KNOWN} else None
    told = {_of(chart, point, graded) for point in weak}
    return next((v for v in (Verdict.FALLEN, Verdict.FIRST, Verdict.KNOWN, Verdict.SLIGHT) if v in told), None)


_OF_FOOT = "ankle dorsiflexion"


def _is_weak(point: _Point, sign: Statement) -> bool:
    return (
        point.value < FULL
        and not point.old
        and (covers_side(point.side, sign.side) or sign.side in (Side.BILATERAL, Side.UNKNOWN))
    )


def _is_sudden(sign: Statement) -> bool:
    return sign.attributes.begun or sign.attributes.fallen or sign.attributes.new


def _points(chart: Chart) -> _Graded:
    """The grades that texts tell, of each muscle the newest, oldest first; those told of before lead in their note."""
    told = [
        _Point(
            s.attributes.muscle,
            s.side,
            s.attributes.grade,
            s.stated.first,
            s.stated.last,
            s.attributes.old,
            s.attributes.old and not s.attributes.new,
            s.source,
            s.sentence,
        )
        for s in said(chart, "muscle-grade")
        if s.sentence and s.stated and s.attributes.grade is not None
    ]
    by_muscle: dict[str, list[_Point]] = {}
    by_sentence: dict[tuple[str, int], list[_Point]] = {}
    for point in sorted(told, key=lambda p: (p.last, not p.old)):
        by_muscle.setdefault(point.muscle, []).append(point)
        by_sentence.setdefault((point.source, point.sentence), []).append(point)
    return _Graded({muscle: points[-_MOST:] for muscle, points in by_muscle.items()}, by_sentence)


def _of(chart: Chart, point: _Point, graded: _Graded) -> Verdict:
    """Walks back from one grading to the one before, as long as none settles the age."""
    slight = point.value >= SLIGHT
    earlier = sorted(
        [*graded.by_muscle.get(point.muscle, ()), *(graded.by_muscle.get("", ()) if point.muscle else ())],
        key=lambda p: (p.last, not p.old),
    )
    for before in reversed(earlier):
        if not _is_before(before, point):
            continue
        if before.value - point.value >= STEP:
            return Verdict.FALLEN
        if slight:
            better = before.value < point.value or (before.baseline and before.value == point.value)
            return Verdict.KNOWN if better else Verdict.SLIGHT
        if before.value >= SLIGHT or before.value - point.value > SAME:
            return Verdict.FIRST
        if before.baseline or (not before.old and _is_old(chart, before)):
            return Verdict.KNOWN
        point = before
    return Verdict.SLIGHT if slight else Verdict.FIRST


def _is_before(earlier: _Point, point: _Point) -> bool:
    # "Preop left EHL 4/5 ... EHL 5/5": a note that names one side names it once.
    same = point.side is Side.UNKNOWN and earlier.source == point.source
    if earlier.muscle not in {"", point.muscle} or not (same or covers_side(earlier.side, point.side)):
        return False
    if earlier.source == point.source:
        return earlier.old and not point.old
    # What was before the operation was before whatever is graded since, whoever of that day tells it.
    return earlier.last < point.first or (earlier.baseline and not point.old and earlier.last <= point.last)


def _is_old(chart: Chart, point: _Point) -> bool:
    """Graded before the recent days, or before the operation."""
    span = partial_dates.on(point.first)
    when = index_when(chart)
    return not within(span, chart.numbers["new_sign_days"], chart) or (
        when is not None and partial_dates.surely_before(span, when)
    )


def denervated_before(chart: Chart, sign: Statement) -> bool:
    """Whether an EMG since the operation, of a day before the sign, shows a root of that side denervated: a weakness
    first graded afterwards was probably there, and is asked about."""
    stated = sign.stated
    return stated is not None and any(
        s.stated and s.stated.last < stated.first and after_index(chart, s.stated) and covers_side(s.side, sign.side)
        for s in said(chart, "emg-root-denervation")
    )
