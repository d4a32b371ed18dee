"""Imaging before the operation: reports of the year before in; what they said of the cause, and what is still there."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, finding
from service.domain.findings import Finding
from service.domain.places import Precision
from service.domain.statements import Basis, Polarity, Statement
from service.findings.imaging.report_findings import Imaging
from service.findings.imaging.study_age import COMPRESSIVE
from service.findings.imaging.study_status import compresses_nothing


def read(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    reported = [s.said for s in seen.before]
    targets = chart.surgery.preop_targets if chart.surgery else ()
    compressive = _compressive((*reported, *targets))
    segments = {segment for s in compressive for segment in s.place.segments}
    if len(segments) > 1:
        yield finding("preop_second_level", "yes", compressive)
    pictures = {s.study.refs: s.study for s in seen.before if s.study.kinds & {"mri", "ct", "ct_myelogram"}}
    clear = [study for study in pictures.values() if study.reports]
    if clear and not compressive and all(compresses_nothing(chart, study) for study in clear):
        refs = tuple(ref for study in clear for ref in study.refs)
        yield finding("preop_not_compressive", "yes", refs=refs, basis=Basis.REPORT, when=clear[-1].when)
    yield from _still_there(chart, seen, compressive)


def _still_there(chart: Chart, seen: Imaging, before: list[Statement]) -> Iterator[Finding]:
    """The same thing at the same named segment before and after, where nobody operated, as far as levels are known."""
    operated = chart.surgery.operated if chart.surgery else None
    if operated is None or operated.precision is not Precision.SEGMENT:
        return
    now = [s.said for s in seen.yes(*COMPRESSIVE) if s.said.place.segments]
    same = [
        (old, new)
        for old in before
        for new in now
        if old.concept == new.concept
        and set(old.place.segments) & set(new.place.segments) - set(operated.segments)
        and not set(new.place.segments) & set(operated.segments)
    ]
    if same:
        yield finding("same_as_preop_elsewhere", "yes", dict.fromkeys(s for pair in same for s in pair))


def _compressive(statements: tuple[Statement, ...]) -> list[Statement]:
    found = [s for s in statements if s.concept in COMPRESSIVE and s.polarity is Polarity.YES]
    return list(dict.fromkeys(found))
