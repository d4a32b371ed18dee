"""Study files: every study or test of the chart once, its pictures, reports and order brought together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from service.chart import retold_studies
from service.chart.chart import Chart, by_source, is_lumbar, kept
from service.chart.operations import CLASS_OF
from service.chart.study_matching import Files, Study, put_back, take_nearest
from service.chart.study_types import ELSEWHERE, PICTURES, Sighting, may_be_study, sight
from service.domain.spans import Span
from service.domain.statements import Polarity, Ref, Statement
from service.fhir import datatypes, elements, resources
from service.fhir.elements import references, report_done, words_of
from service.fhir.eligibility import is_booked, is_completed, is_final, is_ordered, is_taken, is_unfinished
from service.text.documents import opening

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
        asked = tuple(orders[ref] for ref in references(study.based_on) if ref in orders)
        if file := _of_study(desk, study, own, asked):
            desk.files.held.append(file)
    taken = {report.ref for reports in linked.values() for report in reports}
    for report in sorted(chart.record.reports, key=lambda r: (_day_of(report_done(r)), r.ref)):
        if report.ref not in taken:
            _file(desk, _of_report(desk, report))
    for procedure in sorted(chart.record.procedures, key=lambda p: p.ref):
        if is_completed(procedure):
            _file(desk, _of_procedure(desk, procedure))
    for observation in sorted(chart.record.observations, key=lambda o: o.ref):
        _file(desk, _of_observation(desk, observation))
    fulfilled = {ref for s in chart.record.imaging_studies for ref in references(s.based_on) if is_taken(s)}
    fulfilled |= {ref for r in chart.record.reports for ref in references(r.based_on) if is_final(r)}
    for request in sorted(chart.record.service_requests, key=lambda r: r.ref):
        if request.ref not in fulfilled and (order := _of_order(desk, request)):
            desk.files.held.append(order)
    desk.files.held.extend(retold_studies.gather(chart, desk.files.held))
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
        named = dict.fromkeys(references(report.imaging_study))
        for ref in named:
            by_study.setdefault(ref, []).append(report)
        for ref in () if named else dict.fromkeys(references(report.based_on)):
            by_order.setdefault(ref, []).append(report)
    found: dict[Ref, tuple[resources.DiagnosticReport, ...]] = {}
    for study in chart.record.imaging_studies:
        answered = {r.ref: r for ref in references(study.based_on) for r in by_order.get(ref, ())}
        found[study.ref] = (*by_study.get(study.ref, ()), *(answered[ref] for ref in sorted(answered)))
    return found


def _of_study(
    desk: _Desk,
    study: resources.ImagingStudy,
    reports: Sequence[resources.DiagnosticReport],
    asked: Sequence[resources.ServiceRequest],
) -> Study | None:
    if not is_taken(study) and not is_booked(study) and not reports:
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
        when=elements.study_done(study),
        done=is_taken(study),
        waiting=is_booked(study),
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
    file = Study((), seen.kinds, seen.modalities, report_done(report), lumbar=seen.lumbar, words=named[0])
    return _with_report(desk, replace(file, imaging=of_imaging or bool(seen.kinds & PICTURES)), report)


def _with_report(desk: _Desk, file: Study, report: resources.DiagnosticReport) -> Study:
    final = is_final(report)
    results = [ref for ref in references(report.result) if desk.shared[ref] < _MOST_REPORTS]
    desk.shared.update(results)
    return replace(
        file,
        refs=(*file.refs, report.ref),
        results=(*file.results, *results),
        done=file.done or final or not is_booked(report),
        waiting=not final and (file.waiting or is_unfinished(report)) and not file.reports,
        # A report that could not be opened is no report that was read.
        reports=(*file.reports, report.ref) if final and not opening.is_closed(report) else file.reports,
        drafts=file.drafts if final else (*file.drafts, report.ref),
    )


def _of_procedure(desk: _Desk, procedure: resources.Procedure) -> Study | None:
    """A procedure that is a study; an operation whose title tells of X-ray control is none."""
    concepts = [s.concept for s in desk.said.get(procedure.ref, ())]
    if not may_be_study(words_of(procedure.code), concepts) or any(c in CLASS_OF or c in _TREATMENTS for c in concepts):
        return None
    sites = [words_of(c) for c in procedure.body_site or ()]
    seen = _sight(desk, [procedure.ref], (), [words_of(procedure.code)], sites, ())
    when = elements.procedure_done(procedure)
    return _done(procedure.ref, seen, when, words_of(procedure.code)) if seen.kinds else None


def _of_observation(desk: _Desk, observation: resources.Observation) -> Study | None:
    """A measured result of a test (ankle-brachial index, nerve conduction, bone density) is a test that was read,
    whether its code or only its name tells which."""
    said = [s for s in desk.said.get(observation.ref, ()) if s.concept in _TESTS]
    words = words_of(observation.code)
    if not said and not (is_final(observation) and _is_measured(observation) and may_be_study(words, ())):
        return None
    seen = sight([s.concept for s in said], (), [] if said else [words])
    if seen.kinds.isdisjoint(_TEST_KINDS):
        return None
    when = said[0].stated if said else elements.observation_done(observation)
    return replace(_done(observation.ref, seen, when, words), reports=(observation.ref,))


def _is_measured(observation: resources.Observation) -> bool:
    told = observation.value_quantity, observation.value_string, observation.value_codeable_concept
    return any(told) or bool(observation.component)


def _of_order(desk: _Desk, request: resources.ServiceRequest) -> Study | None:
    """An active order with a date; drafts and proposals are not ordered yet, an undated order may be forgotten."""
    authored = elements.request_stated(request)
    if authored is None or not is_ordered(request):
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


def _codes(concepts: Iterable[datatypes.CodeableConcept] | None) -> list[str]:
    return [c.code or "" for concept in concepts or () for c in concept.coding or () if c is not None]
