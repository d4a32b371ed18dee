"""Sources of pain that their own treatment or test spoke against: a chart in, the chart without them out.

A bursa, a hip or a joint that was injected without relief, and one that a later examination finds painless, is no
longer the diagnosis that an earlier entry named. A name that somebody gives again afterwards stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from service.chart.chart import Chart, after_index, said
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import Polarity, Statement

_SOURCES = (
    frozenset({"trochanteric-pain", "trochanteric-syndrome"}),
    frozenset({"hip-oa", "hip-sign"}),
    frozenset({"piriformis", "deep-gluteal-syndrome"}),
    frozenset({"si-joint-pain", "sacroiliitis", "si-joint-block"}),
    frozenset({"facet-pain", "facet-block"}),
    frozenset({"peroneal-entrapment"}),
    frozenset({"diabetic-polyneuropathy"}),
)
"""One source of pain each: the names, the signs and the injections of it."""
_TESTS = frozenset({"hip-sign", "si-joint-block", "facet-block"})
"""Of these concepts only the others are diagnoses; a test is there whatever came of it."""
_FAILED = "block-negative"
_HELPED = "block-positive"
_DENIED = frozenset({"trochanteric-pain", "peroneal-entrapment", "diabetic-polyneuropathy"})
"""What a later examination denies in so many words: the bursa is not tender, no nerve is trapped."""


def without_refuted(chart: Chart) -> Chart:
    """The chart without the statements that name a source which was injected in vain, or found free, since."""
    gone = {id(s) for source in _SOURCES for s in _withdrawn(chart, source)}
    if not gone:
        return chart
    return replace(chart, statements=tuple(s for s in chart.statements if id(s) not in gone), spoken=None)


def _withdrawn(chart: Chart, source: frozenset[str]) -> Iterator[Statement]:
    named = [s for s in said(chart, *source) if s.concept not in _TESTS]
    if not named:
        return
    against = list(_against(chart, source))
    for statement in named:
        if any(_speaks_against(answer, statement) for answer in against):
            yield statement


def _against(chart: Chart, source: frozenset[str]) -> Iterator[Statement]:
    """Injections of the source without relief since the operation, unless one helped; then findings that deny it."""
    told = said(chart, *source)
    helped = {s.source for s in said(chart, _HELPED)}
    if not any(s.source in helped for s in told):
        for failed in said(chart, _FAILED):
            if after_index(chart, failed.stated) and any(_is_of(failed, s) for s in told):
                yield failed
    for denied in said(chart, *(source & _DENIED), polarity=Polarity.NO):
        if after_index(chart, denied.stated):
            yield denied


def _is_of(failed: Statement, told: Statement) -> bool:
    """Whether the injection was of that source: one sentence tells of both, or they are one entry of the list."""
    return failed.source == told.source and (failed.sentence == told.sentence or told.resource in _ENTRIES)


_ENTRIES = frozenset({"Condition", "Procedure"})


def _speaks_against(answer: Statement, named: Statement) -> bool:
    if {answer.side, named.side} == {Side.LEFT, Side.RIGHT}:
        return False
    return answer.source == named.source or _is_not_later(named.stated, answer.stated)


def _is_not_later(named: Span | None, answer: Span | None) -> bool:
    return named is None or (answer is not None and named.last <= answer.last)
