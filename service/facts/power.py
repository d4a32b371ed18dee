"""Graded muscle power of the legs: values and phrases such as "EHL 3/5" in, the recent weak and falling grades out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from service import dates
from service.facts.chart import Chart, said, within
from service.facts.readings import Reading, readings
from service.facts.units import Amount
from service.words import Side, Span

FULL = 5
"""Full power: the top of the scale, not a setting."""

_GRADE = re.compile(r"(?<![\d/.])([0-5])[+-]?\s{0,2}/\s{0,2}5(?!\d)")
_ARM = re.compile(
    r"\barms?\b|upper (?:limb|extremit)|\bhands?\b|\bgrip\b|\bwrist|\belbow|shoulder|biceps|triceps|deltoid"
)
_VALUE = re.compile(r"[\d./+-]+.*\Z", re.DOTALL)


class Grade(Struct, frozen=True, gc=False):
    reading: Reading
    muscle: str
    side: Side


def falls(chart: Chart) -> tuple[Reading, ...]:
    """The recent grades that are lower by one or more than an earlier one of the same muscle and side."""
    graded = _graded(chart)
    return tuple(g.reading for g in graded if is_recent(chart, g.reading.when) and any(_dropped(e, g) for e in graded))


def running_falls(chart: Chart) -> tuple[Reading, ...]:
    """The falls between two recent gradings: the deficit runs on under our eyes."""
    graded = [g for g in _graded(chart) if is_recent(chart, g.reading.when)]
    return tuple(g.reading for g in graded if any(_dropped(earlier, g) for earlier in graded))


def first_weak(chart: Chart) -> tuple[Reading, ...]:
    """The recent grades below full power, when no earlier grading knows of any weakness."""
    weak = [g.reading for g in _graded(chart) if g.reading.amount.high < FULL]
    return tuple(weak) if all(is_recent(chart, r.when) for r in weak) else ()


def is_recent(chart: Chart, span: Span | None) -> bool:
    return within(span, chart.numbers["new_sign_days"], chart)


def _graded(chart: Chart) -> tuple[Grade, ...]:
    told = {s.source: s for s in said(chart, "muscle-grade")}
    measured = tuple(
        Grade(r, _muscle(r.words), told[r.ref].side) for r in readings(chart, "muscle-grade") if r.ref in told
    )
    seen = {g.reading.ref for g in measured}
    phrased = tuple(g for g in _phrased(chart) if g.reading.ref not in seen)
    return tuple(g for g in (*measured, *phrased) if not _ARM.search(g.reading.words.lower()))


def _phrased(chart: Chart) -> Iterator[Grade]:
    for s in said(chart, "muscle-grade"):
        match = _GRADE.search(s.words)
        if match and s.stated:
            exact = Amount(float(match[1]), float(match[1]))
            yield Grade(Reading(exact, s.stated, None, s.source, s.words, True), _muscle(s.words), s.side)


def _dropped(earlier: Grade, now: Grade) -> bool:
    return (
        dates.surely_before(earlier.reading.when, now.reading.when)
        and (earlier.muscle, earlier.side) == (now.muscle, now.side)
        and earlier.reading.amount.low - now.reading.amount.high >= 1
    )


def _muscle(words: str) -> str:
    """What was graded: the words before the value."""
    return _VALUE.sub("", words.lower()).strip()
