"""Study files: every study or test of the chart once, its pictures, reports and order brought together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from service.chart.chart import Chart, by_source, is_lumbar, kept
from service.chart.operations import CLASS_OF
from service.chart.study_matching import Files, Study, put_back, take_nearest
from service.chart.study_types import ELSEWHERE, PICTURES, Sighting, may_be_study, sight
from service.domain import partial_dates
from service.domain.spans import Span
from service.domain.statements import Polarity, Ref, Statement
from service.fhir import resources
from service.fhir.elements import report_when, words_of

_FINAL = frozenset({"final", "amended", "corrected", "appended"})
_DRAFT = frozenset({"registered", "partial", "preliminary"})
_NOT_ORDERED = frozenset({"proposal", "plan", "option"})
_OF_IMAGING = re.compile(r"imaging|radiolog|\brad\b|\bscan\b")
_OPENING = 80
"""A report with a general code ("Diagnostic imaging report") often opens by naming the study; further on it may name
others that it was compared with."""
_MOST_REPORTS = 20
"""That may name one and the same result: drafts, corrections and copies do; with more, each would be read for all."""
_TREATMENTS = frozenset({"spinal-injection", "nerve-root-block", "facet-block", "si-joint-block", "hip-injection"})
_TESTS = frozenset({"emg-ncs-study", "ankle-brachial-index", "imaging-bone-density"})
_TEST_KINDS = frozenset({"emg", "vascular_test", "bone_density"})


class _Desk(Struct, frozen=True):
    """What gather holds while it sorts the papers: what each paper says, how far a report may lie from its study, the
    files, what was made of the names met so far, for charts repeat themselves, and how often a result was named.
    """

    said: Mapping[Ref, Sequence[Statement]]
    days: int
    files: Files = field(default_factory=Files)
    sights: dict[tuple[tuple[str, ...], ...], Sighting] = field(default_factory=dict)
    shared: Counter[Ref] = field(default_factory=Counter)


def gather(chart: Chart) -> tuple[Study, ...]:
    """Every file of the chart; gathered once, for surgery, pain, imaging and the card's header all ask for them."""
    return kept(chart, "studies", _gather)


def _gather(chart: Chart) -> tuple[Study, ...]:
    """Bring studies, reports, procedures, results and orders together, each paper in one file.

    A report belongs to the study it names, else to the one that shares its order, else to the nearest of the same
    kind within three days. Papers are taken in the order of their dates and names, never of the chart's list.
    """
    desk = _Desk(by_source(chart), int(chart.numbers["report_study_days"]))
    orders = {r.ref: r for r in chart.record.service_requests}
    linked = _linked(chart)
    for study in sorted(chart.record.imaging_studies, key=lambda s: s.ref):
        own = linked.get(study.ref, ())
        asked = tuple(orders[ref] for ref in _refs(study.based_on) if ref in orders)
        if file := _of_study(desk, study, own, asked):
            desk.files.held.append(file)
    taken = {report.ref for reports in linked.values() for report in reports}
    for report in sorted(chart.record.reports, key=lambda r: (_day_of(report_when(r)), r.ref)):
        if report.ref not in taken:
            _file(desk, _of_report(desk, report))
    for procedure in sorted(chart.record.procedures, key=lambda p: p.ref):
        if (procedure.status or "").strip().lower() == "completed":
            _file(desk, _of_procedure(desk, procedure))
    for observation in sorted(chart.record.observations, key=lambda o: o.ref):
        _file(desk, _of_observation(desk, observation))
    fulfilled = {ref for s in chart.record.imaging_studies for ref in _refs(s.based_on) if _status(s) == "available"}
    fulfilled |= {ref for r in chart.record.reports for ref in _refs(r.based_on) if _status(r) in _FINAL}
    for request in sorted(chart.record.service_requests, key=lambda r: r.ref):
        if request.ref not in fulfilled and (order := _of_order(desk, request)):
            desk.files.held.append(order)
    return tuple(sorted(desk.files.held, key=lambda s: (_day_of(s.when), s.refs)))


def _day_of(when: Span | None) -> tuple[date, date]:
    """The order of files, oldest first; the undated lead."""
    return (when.last, when.first) if when else (date.min, date.min)


def _linked(chart: Chart) -> dict[Ref, tuple[resources.DiagnosticReport, ...]]:
    """The reports that name a study, or answer the same order, by study."""
    if not chart.record.reports:
        return {}
    by_study: dict[Ref, list[resources.DiagnosticReport]] = {}
    by_order: dict[Ref, list[resources.DiagnosticReport]] = {}
    for report in sorted(chart.record.reports, key=lambda r: r.ref):
        named = dict.fromkeys(_refs(report.imaging_study))
        for ref in named:
            by_study.setdefault(ref, []).append(report)
        for ref in () if named else dict.fromkeys(_refs(report.based_on)):
            by_order.setdefault(ref, []).append(report)
    found: dict[Ref, tuple[resources.DiagnosticReport, ...]] = {}
    for study in chart.record.imaging_studies:
        answered = {r.ref: r for ref in _refs(study.based_on) for r in by_order.get(ref, ())}
        found[study.ref] = (*by_study.get(study.ref, ()), *(answered[ref] for ref in sorted(answered)))
    return found


def _of_study(
    desk: _Desk,
    study: resources.ImagingStudy,
    reports: Sequence[resources.DiagnosticReport],
    asked: Sequence[resources.ServiceRequest],
) -> Study | None:
    status = _status(study)
    if status not in ("available", "registered") and not reports:
        return None
    series = study.series or ()
    codings = (*(study.modality or ()), *(s.modality for s in series if s.modality))
    named = [*(words_of(c) for c in study.procedure_code or ()), study.description or ""]
    named += [words_of(r.code) for r in reports] + [words_of(r.code) for r in asked]
    sites = [s.body_site.display or "" for s in series if s.body_site]
    hinted = [s.description or "" for s in series] + [n.text or "" for n in study.note or ()]
    about = [study.ref, *(r.ref for r in reports), *(r.ref for r in asked)]
    seen = _sight(desk, about, [c.code.upper() for c in codings if c.code], named, sites, hinted)
    file = Study(
        refs=(study.ref,),
        kinds=seen.kinds,
        modalities=seen.modalities,
        when=partial_dates.parse(study.started),
        done=status == "available",
        waiting=status == "registered",
        lumbar=seen.lumbar,
        words=next((w for w in named if w), ""),
    )
    for report in reports:
        file = _with_report(desk, file, report)
    return file if file.done or file.waiting else None


def _of_report(desk: _Desk, report: resources.DiagnosticReport) -> Study | None:
    named = [words_of(report.code)]
    kept = " ".join(words_of(c) for c in report.category or ()) + " " + " ".join(_codes(report.category))
    modalities = [s.modality for s in desk.said.get(report.ref, ()) if s.modality]
    opening = (report.conclusion or "")[:_OPENING]
    seen = _sight(desk, [report.ref], modalities, named, (), ())
    of_imaging = bool(seen.modalities or ELSEWHERE in seen.places or _OF_IMAGING.search(f"{named[0]} {kept}".lower()))
    if of_imaging and not seen.kinds:
        seen = _sight(desk, [report.ref], modalities, [*named, opening], (), ())
    if not seen.kinds and not of_imaging:
        return None
    file = Study((), seen.kinds, seen.modalities, report_when(report), lumbar=seen.lumbar, words=named[0])
    return _with_report(desk, replace(file, imaging=of_imaging or bool(seen.kinds & PICTURES)), report)


def _with_report(desk: _Desk, file: Study, report: resources.DiagnosticReport) -> Study:
    status = _status(report)
    final = status in _FINAL
    results = [ref for ref in _refs(report.result) if desk.shared[ref] < _MOST_REPORTS]
    desk.shared.update(results)
    return replace(
        file,
        refs=(*file.refs, report.ref),
        results=(*file.results, *results),
        done=file.done or final or status != "registered",
        waiting=not final and (file.waiting or status in _DRAFT) and not file.reports,
        reports=(*file.reports, report.ref) if final else file.reports,
        drafts=file.drafts if final else (*file.drafts, report.ref),
    )


def _of_procedure(desk: _Desk, procedure: resources.Procedure) -> Study | None:
    """A procedure that is a study; an operation whose title tells of X-ray control is none."""
    concepts = [s.concept for s in desk.said.get(procedure.ref, ())]
    if not may_be_study(words_of(procedure.code), concepts) or any(c in CLASS_OF or c in _TREATMENTS for c in concepts):
        return None
    sites = [words_of(c) for c in procedure.body_site or ()]
    seen = _sight(desk, [procedure.ref], (), [words_of(procedure.code)], sites, ())
    period = procedure.performed_period
    when = partial_dates.parse(procedure.performed_date_time or ((period.end or period.start) if period else None))
    return _done(procedure.ref, seen, when, words_of(procedure.code)) if seen.kinds else None


def _of_observation(desk: _Desk, observation: resources.Observation) -> Study | None:
    """A measured result of a test (ankle-brachial index, nerve conduction, bone density) is a test that was read,
    whether its code or only its name tells which."""
    said = [s for s in desk.said.get(observation.ref, ()) if s.concept in _TESTS]
    words = words_of(observation.code)
    if not said and not (_status(observation) in _FINAL and _is_measured(observation) and may_be_study(words, ())):
        return None
    seen = sight([s.concept for s in said], (), [] if said else [words])
    if seen.kinds.isdisjoint(_TEST_KINDS):
        return None
    when = said[0].stated if said else partial_dates.parse(observation.effective_date_time or observation.issued)
    return replace(_done(observation.ref, seen, when, words), reports=(observation.ref,))


def _is_measured(observation: resources.Observation) -> bool:
    told = observation.value_quantity, observation.value_string, observation.value_codeable_concept
    return any(told) or bool(observation.component)


def _of_order(desk: _Desk, request: resources.ServiceRequest) -> Study | None:
    """An active order with a date; drafts and proposals are not ordered yet, an undated order may be forgotten."""
    authored = partial_dates.parse(request.authored_on)
    if _status(request) != "active" or (request.intent or "").lower() in _NOT_ORDERED or authored is None:
        return None
    sites = [words_of(c) for c in request.body_site or ()]
    seen = _sight(desk, [request.ref], (), [words_of(request.code)], sites, ())
    file = _done(request.ref, seen, authored, words_of(request.code))
    return replace(file, done=False, waiting=True) if seen.kinds else None


def _done(ref: Ref, seen: Sighting, when: Span | None, words: str) -> Study:
    imaging = bool(seen.kinds & PICTURES)
    return Study((ref,), seen.kinds, seen.modalities, when, done=True, lumbar=seen.lumbar, imaging=imaging, words=words)


def _file(desk: _Desk, paper: Study | None) -> None:
    """Put a paper into the file of the nearest study of its kind, or open a file for it."""
    if paper is None:
        return
    number = take_nearest(desk.files, paper, desk.days)
    if number is None:
        desk.files.held.append(paper)
        return
    old = desk.files.held[number]
    reports = (*old.reports, *paper.reports)
    joined = replace(
        old,
        refs=(*old.refs, *paper.refs),
        kinds=old.kinds | paper.kinds,
        modalities=old.modalities | paper.modalities,
        done=old.done or paper.done,
        waiting=(old.waiting or paper.waiting) and not reports,
        lumbar=paper.lumbar if old.lumbar is None else old.lumbar,
        reports=reports,
        drafts=(*old.drafts, *paper.drafts),
        results=(*old.results, *paper.results),
    )
    put_back(desk.files, number, joined)


def _sight(
    desk: _Desk,
    about: Iterable[Ref],
    modality_codes: Iterable[str],
    named: Iterable[str],
    sites: Iterable[str],
    hinted: Iterable[str],
) -> Sighting:
    """What these papers show; when only their findings tell the place, a lumbar finding makes them lumbar."""
    said = [s for ref in about for s in desk.said.get(ref, ()) if s.polarity is Polarity.YES]
    told = tuple(sorted({s.concept for s in said})), tuple(modality_codes), tuple(named), tuple(sites), tuple(hinted)
    seen = _look(desk, told)
    if seen.places - {ELSEWHERE} or not seen.modalities or not any(is_lumbar(s.place) for s in said):
        return seen
    return _look(desk, (*told[:3], (*told[3], "lumbar"), told[4]))


def _look(desk: _Desk, told: tuple[tuple[str, ...], ...]) -> Sighting:
    if told not in desk.sights:
        desk.sights[told] = sight(*told)
    return desk.sights[told]


def _refs(references: Iterable[resources.Reference] | None) -> tuple[Ref, ...]:
    return tuple(r.reference for r in references or () if r.reference)


def _codes(concepts: Iterable[resources.CodeableConcept] | None) -> list[str]:
    return [c.code or "" for concept in concepts or () for c in concept.coding or () if c is not None]


def _status(
    resource: resources.ImagingStudy | resources.DiagnosticReport | resources.Observation | resources.ServiceRequest,
) -> str:
    return (resource.status or "").strip().lower()
