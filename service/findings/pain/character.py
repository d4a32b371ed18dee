"""How the pain feels: symptom concepts of codes, answers and notes in, the pattern findings of family pain out."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, before_index, begun, finding, in_order, kept, last_stated_day, said, speaks
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import elements
from service.findings.pain.complaints import BACK, CLAUDICATION, LEGS, Entries, told_after_operation, types_of

_YES_OR_NO = {
    "buttock_pain": ("buttock-pain",),
    "groin_pain": ("groin-pain",),
    "lateral_hip_pain": ("lateral-hip-pain",),
    "claudication": ("claudication",),
    "worse_standing": ("worse-standing",),
    "worse_extension": ("worse-extension",),
    "worse_sitting": ("worse-sitting",),
    "worse_flexion": ("worse-flexion",),
    "mechanical_pain": ("mechanical-pain",),
    "burning": ("burning-pain", "nondermatomal-burning"),
    "inflammatory_pain": ("inflammatory-pain",),
    "forward_lean": ("forward-lean",),
}
_ONLY_YES = {
    "distal_leg_only": ("distal-leg-only",),
    "bilateral_distal": ("symmetric-symptoms",),
    "onset_on_lifting": ("lifting",),
    "unlike_before": ("pain-unlike-before",),
    "bilateral_burning": ("nondermatomal-burning",),
    "crack_felt": ("crack-felt",),
    "feels_metal": ("feels-metal",),
    "orthostatic_headache": ("orthostatic-headache",),
    "headache": ("headache", "orthostatic-headache"),
    "device_off": ("device-off",),
    "eased_standing": ("eased-standing",),
}


_WORDS = frozenset({"sudden-onset", "gradual-onset"}.union(*_YES_OR_NO.values(), *_ONLY_YES.values()))


def read(chart: Chart, entries: Entries) -> Iterator[Finding]:
    if speaks(chart, _WORDS):
        yield from _in_words(chart, entries)
    yield from _young_onset(chart)
    yield from _device(chart, entries)


def _in_words(chart: Chart, entries: Entries) -> Iterator[Finding]:
    for name, concepts in _YES_OR_NO.items():
        if found := _latest(chart, concepts):
            yield finding(name, "yes" if found[0].polarity is Polarity.YES else "no", found)
    for name, concepts in _ONLY_YES.items():
        if told := _since(chart, concepts, Polarity.YES):
            yield finding(name, "yes", told)
    yield from _buttock(chart, entries)
    yield from _speed(chart)


def _since(chart: Chart, concepts: tuple[str, ...], polarity: Polarity) -> tuple[Statement, ...]:
    """What is not surely from before the operation; words on the operation itself are from after it."""
    told = said(chart, *concepts, polarity=polarity)
    since = kept(chart, "problems of after an operation", told_after_operation) if told else frozenset()
    return tuple(
        s
        for s in told
        if not s.closed
        and s.ended is None
        and (s.about_surgery or s.source in since or not before_index(chart, s.stated))
    )


def _latest(chart: Chart, concepts: tuple[str, ...]) -> tuple[Statement, ...]:
    """The statements of the answer given last; on one day a yes outweighs a no."""
    yes, no = (_since(chart, concepts, polarity) for polarity in (Polarity.YES, Polarity.NO))
    if yes and no and last_stated_day(no[-1]) > last_stated_day(yes[-1]):
        return no
    return yes or no


def _buttock(chart: Chart, entries: Entries) -> Iterator[Finding]:
    told = _since(chart, ("buttock-pain",), Polarity.YES)
    if not told:
        return
    if not types_of(entries.now) & {BACK, CLAUDICATION, *LEGS}:
        yield finding("buttock_only", "yes", told)
    sides = {s.side for s in told} - {Side.UNKNOWN}
    if len(sides) == 1 and sides <= {Side.LEFT, Side.RIGHT}:
        yield finding("unilateral_buttock_below_l5", "yes", told)


def _speed(chart: Chart) -> Iterator[Finding]:
    sudden = _since(chart, ("sudden-onset",), Polarity.YES)
    gradual = _since(chart, ("gradual-onset",), Polarity.YES)
    if sudden and gradual and last_stated_day(sudden[-1]) == last_stated_day(gradual[-1]):
        return
    if sudden and (not gradual or last_stated_day(sudden[-1]) > last_stated_day(gradual[-1])):
        yield finding("onset_speed", "sudden", sudden)
    elif gradual:
        yield finding("onset_speed", "gradual", gradual)


def _young_onset(chart: Chart) -> Iterator[Finding]:
    born = elements.born(chart.record)
    if born is None:
        return
    limit = int(chart.numbers["spa_age"])
    told = [s for s in said(chart, "back-pain", "back-and-leg-pain") if (span := begun(s)) and _age(born, span) < limit]
    if told:
        yield finding("onset_before_45", "yes", in_order(told)[:1])


def _age(born: Span, at: Span) -> int:
    """Years lived by the last day the span can mean: the oldest the patient can have been."""
    first, last = born.first, at.last
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _device(chart: Chart, entries: Entries) -> Iterator[Finding]:
    """Relief by a stimulator or pump that was lost, and pain stated again after it was implanted."""
    sessions = chart.surgery.sessions if chart.surgery else ()
    implanted = [s for s in sessions if s.when and s.minor & {"stimulator", "pump"}]
    relief = _since(chart, ("device-relief",), Polarity.YES)
    helped = {s.source for s in relief if s.basis is Basis.NOTE}
    # A note that tells of relief by the device and of pain that is back tells that the relief is lost.
    back = tuple(s for s in _since(chart, ("pain-returned",), Polarity.YES) if s.source in helped)
    lost = (*_since(chart, ("device-relief-lost",), Polarity.YES), *back)
    dated = [s for s in relief if s.stated]
    later = tuple(
        e
        for e in entries.now
        if dated and (span := begun(e)) and partial_dates.surely_after(span, begun(dated[0]) or span)
    )
    if lost or later:
        yield finding("device_relief_lost", "yes", (*dated, *lost, *later))
    if implanted:
        when = implanted[-1].when
        again = tuple(e for e in entries.now if when and e.stated and partial_dates.surely_after(e.stated, when))
        if again:
            yield finding("pain_after_device", "yes", again, refs=implanted[-1].refs)
