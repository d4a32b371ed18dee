"""Relief after the operation: entries, scores and statements of relief in; every relief with its date out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from service.chart.chart import Chart, after_index, finding, in_order, index_when, said
from service.chart.pain_scores import since
from service.domain.findings import Finding
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.findings.pain.complaints import LEG, LEGS, TYPES, Entries, type_of, types_of

_RELIEF = ("pain-relief", "no-pain")
_LENT_RELIEF = ("device-relief", "device-relief-lost", "block-positive")


class Relief(Struct, frozen=True, gc=False):
    """A dated relief, or one that is only said to have been (``when`` is None)."""

    when: Span | None
    on: tuple[Statement, ...] = ()
    refs: tuple[str, ...] = ()


def read_reliefs(chart: Chart, entries: Entries) -> tuple[Relief, ...]:
    """Every relief after the operation, the dated ones first and oldest first."""
    found = [Relief(s.ended, (s,)) for s in (*entries.before, *entries.ended) if after_index(chart, s.ended)]
    low = chart.numbers["score_relief"]
    found += [
        Relief(s.when, refs=(s.ref,))
        for s in since(entries.scores, index_when(chart))
        if has_dated_operation(chart) and s.value <= low
    ]
    for statement in in_order((*relieved(chart), *said(chart, "pain-returned"))):
        if after_index(chart, statement.stated or statement.onset) or statement.about_surgery:
            found.append(Relief(_day_of_relief(chart, statement), (statement,)))
    found += [Relief(s.stated, (s,)) for s in _denials(chart, entries)]
    return tuple(sorted(found, key=_relief_order))


def _denials(chart: Chart, entries: Entries) -> Iterator[Statement]:
    """Leg pain denied since the operation by a note that tells of no pain: a day of relief, if only the leg hurts."""
    if not types_of(entries.now) or not types_of(entries.now) <= LEGS:
        return
    painful = {s.source for s in said(chart, *TYPES)}
    for s in said(chart, "leg-pain", polarity=Polarity.NO):
        if s.basis is Basis.NOTE and s.source not in painful and after_index(chart, s.stated):
            yield s


def relieved(chart: Chart) -> tuple[Statement, ...]:
    """Statements of relief; relief by a stimulator, a pump or a block is not relief by the operation."""
    lent = {(s.source, s.sentence) for s in said(chart, *_LENT_RELIEF)}
    return tuple(s for s in said(chart, *_RELIEF) if s.basis is Basis.CODE or (s.source, s.sentence) not in lent)


def _day_of_relief(chart: Chart, statement: Statement) -> Span | None:
    """Its own date; the day it was written only if that entry speaks of relief alone and does not look back."""
    if statement.concept == "pain-returned":
        return None
    painful = any(s.source == statement.source for s in said(chart, "pain-returned", *TYPES))
    return statement.onset or (None if painful or statement.about_surgery or statement.ended else statement.stated)


def has_dated_operation(chart: Chart) -> bool:
    index = chart.surgery.index if chart.surgery else None
    return index is not None and index.when is not None and not index.stated_only


def _relief_order(relief: Relief) -> tuple[object, ...]:
    when = relief.when
    key = (when.last.toordinal(), when.first.toordinal()) if when else (10**7, 10**7)
    return (*key, tuple(s.source for s in relief.on), relief.refs)


def leg_pain_cured(chart: Chart, entries: Entries) -> Iterator[Finding]:
    """The leg pain from before has an end after the operation, a leg score fell to relief, or the relief names it."""
    if types_of(entries.now) & LEGS:
        return
    ended = tuple(s for s in (*entries.before, *entries.ended) if type_of(s) & LEGS and after_index(chart, s.ended))
    told = tuple(
        s for s in relieved(chart) if (after_index(chart, s.stated) or s.about_surgery) and LEG in s.attributes.sites
    )
    low = [s.ref for s in since(entries.scores, index_when(chart)) if s.site == LEG]
    last = [s for s in entries.scores if s.ref in low and s.value <= chart.numbers["score_relief"]]
    if ended or told or last:
        yield finding("leg_pain_cured", "yes", (*ended, *told), refs=tuple(s.ref for s in last))
