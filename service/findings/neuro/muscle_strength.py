"""Graded muscle power of the legs: values and phrases such as "EHL 3/5" in, the recent weak and falling grades out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter

from msgspec import Struct

from service.chart.chart import Chart, said, within
from service.chart.measurements import Reading, readings
from service.chart.units import Amount
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import Statement

FULL = 5
"""Full power: the top of the scale, not a setting."""

_DAY = itemgetter(0)


class Grade(Struct, frozen=True, gc=False):
    reading: Reading
    muscle: str
    side: Side


def falls(chart: Chart) -> tuple[Reading, ...]:
    """The recent grades that are lower by one or more than an earlier one of the same muscle and side."""
    graded = _graded(chart)
    recent = [g for g in graded if is_recent(chart, g.reading.when)]
    return tuple(_dropped(graded, recent)) if recent else ()


def running_falls(chart: Chart) -> tuple[Reading, ...]:
    """The falls between two recent gradings: the deficit runs on under our eyes."""
    graded = [g for g in _graded(chart) if is_recent(chart, g.reading.when)]
    return tuple(_dropped(graded, graded))


def first_weak(chart: Chart) -> tuple[Reading, ...]:
    """The recent grades below full power, when no earlier grading knows of any weakness."""
    weak = [g.reading for g in _graded(chart) if g.reading.amount.high < FULL]
    return tuple(weak) if all(is_recent(chart, r.when) for r in weak) else ()


def is_recent(chart: Chart, span: Span | None) -> bool:
    return within(span, chart.numbers["new_sign_days"], chart)


def _graded(chart: Chart) -> tuple[Grade, ...]:
    told = {s.source: s for s in said(chart, "muscle-grade")}
    measured = tuple((r, told[r.ref]) for r in readings(chart, "muscle-grade") if r.ref in told)
    seen = {reading.ref for reading, _ in measured}
    graded = (*measured, *((r, s) for r, s in _phrased(chart) if r.ref not in seen))
    return tuple(Grade(r, s.attributes.muscle, s.side) for r, s in graded if "arm" not in s.attributes.sites)


def _phrased(chart: Chart) -> Iterator[tuple[Reading, Statement]]:
    for s in said(chart, "muscle-grade"):
        grade = s.attributes.grade
        if grade is not None and s.stated and not s.sentence:  # those of sentences have a course of their own
            yield Reading(Amount(grade, grade), s.stated, None, s.source, s.words, True), s


def _dropped(earlier: Sequence[Grade], now: Iterable[Grade]) -> Iterator[Reading]:
    """Those of ``now`` that are lower by one or more than one of ``earlier`` from surely before it.

    Of a muscle and side only the best grade up to each day is compared, for the grades may be many.
    """
    best: dict[tuple[str, Side], list[tuple[date, float]]] = {}
    for grade in sorted(earlier, key=lambda grade: grade.reading.when.last):
        so_far = best.setdefault((grade.muscle, grade.side), [])
        low = grade.reading.amount.low
        so_far.append((grade.reading.when.last, max(low, so_far[-1][1]) if so_far else low))
    for grade in now:
        so_far = best.get((grade.muscle, grade.side), [])
        before = bisect_left(so_far, grade.reading.when.first, key=_DAY)
        if before and so_far[before - 1][1] - grade.reading.amount.high >= 1:
            yield grade.reading
