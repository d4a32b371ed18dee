"""Codes to statements: what every coded entry of the record says, as concepts of the vocabulary with where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct, field

from service.coded.anatomy import finest, hear
from service.domain import partial_dates
from service.domain.places import Place, Side, one_side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import resources
from service.fhir.elements import modality_of, words_of
from service.fhir.record import Record


class Hit(Protocol):
    @property
    def concept(self) -> str: ...
    @property
    def place(self) -> Place: ...
    @property
    def side(self) -> Side: ...


class Codes(Protocol):
    def hits(self, system: str | None, code: str | None) -> Iterable[Hit]: ...
    def place(self, system: str | None, code: str | None) -> Place: ...
    def side(self, system: str | None, code: str | None) -> Side: ...
    def place_of_codes(self, codes: Iterable[tuple[str | None, str | None]]) -> Place: ...


_CLOSED = frozenset({"inactive", "resolved", "remission"})
_NO_WORDS = frozenset({"no", "none", "absent", "negative", "normal", "not present", "not detected", "false"})
_NO_CODES = frozenset({("http://terminology.hl7.org/CodeSystem/v2-0136", "N")})
_DOUBTFUL = frozenset({"differential"})


class _Desk(Struct, frozen=True):
    """The code index, and what the words met so far say of level and side, for charts repeat themselves."""

    codes: Codes
    heard: dict[str, tuple[Place, Side]] = field(default_factory=dict)


def read(record: Record, codes: Codes) -> tuple[Statement, ...]:
    """Every concept that a code of the record stands for, once per resource and concept.

    Condition, Procedure, ImagingStudy, DiagnosticReport, Observation, AllergyIntolerance, Device, ServiceRequest and
    Encounter reasons are read. A Condition's first statement is its recordedDate, else its encounter's start, else
    its onset.
    """
    starts = {e.ref: partial_dates.parse(e.period.start) for e in record.encounters if e.period}
    desk = _Desk(codes)
    found: list[Statement] = []
    for condition in record.conditions:
        if _says(codes, condition.code, condition.severity):
            found += _condition(condition, desk, starts)
    for procedure in record.procedures:
        if _says(codes, procedure.code, procedure.outcome, *(procedure.complication or ())):
            found += _procedure(procedure, desk)
    for study in record.imaging_studies:
        if _says(codes, *(study.procedure_code or ())):
            found += _study(study, desk)
    modality = {study.ref: modality_of(study) for study in record.imaging_studies} if record.reports else {}
    for report in record.reports:
        if _says(codes, report.code, *(report.conclusion_code or ())):
            found += _report(report, desk, modality)
    for observation in record.observations:
        if _says(codes, *_observed(observation)):
            found += _observation(observation, desk)
    for allergy in record.allergies:
        found += _plain(
            allergy.ref, allergy.code, desk, partial_dates.parse(allergy.recorded_date or allergy.onset_date_time)
        )
    for device in record.devices:
        if (device.status or "active").strip().lower() == "active":
            found += _plain(device.ref, device.type, desk, None)
    for request in record.service_requests:
        stated = partial_dates.parse(request.authored_on)
        found += _each(request.ref, desk, (request.code,), sites=request.body_site, stated=stated)
    for encounter in record.encounters:
        start = partial_dates.parse(encounter.period.start) if encounter.period else None
        found += _each(encounter.ref, desk, encounter.reason_code, stated=start, encounter=encounter.ref)
    return tuple(found) if _are_all_different(found) else tuple(dict.fromkeys(found))


def _are_all_different(found: list[Statement]) -> bool:
    """They are, unless the record holds an entry twice; to compare whole statements costs much more."""
    return len({(s.source, s.concept) for s in found}) == len(found)


def _condition(condition: resources.Condition, desk: _Desk, starts: dict[str, Span | None]) -> Iterator[Statement]:
    onset = partial_dates.parse(condition.onset_date_time) or _begin(condition.onset_period)
    encounter = condition.encounter.reference or "" if condition.encounter else ""
    recorded = partial_dates.parse(condition.recorded_date)
    ended = partial_dates.parse(condition.abatement_date_time)
    if ended is None and condition.abatement_period:
        ended = partial_dates.parse(condition.abatement_period.end or condition.abatement_period.start)
    doubtful = _code(condition.verification_status) in _DOUBTFUL
    said = (condition.code, condition.severity)
    yield from _each(
        condition.ref,
        desk,
        said,
        stated=recorded or starts.get(encounter) or onset,
        onset=onset,
        ended=ended,
        sites=condition.body_site,
        closed=_code(condition.clinical_status) in _CLOSED,
        encounter=encounter,
        polarity=Polarity.UNCERTAIN if doubtful else Polarity.YES,
    )


def _procedure(procedure: resources.Procedure, desk: _Desk) -> Iterator[Statement]:
    when = partial_dates.parse(procedure.performed_date_time)
    if when is None and procedure.performed_period:
        when = partial_dates.parse(procedure.performed_period.end or procedure.performed_period.start)
    encounter = procedure.encounter.reference or "" if procedure.encounter else ""
    yield from _each(
        procedure.ref,
        desk,
        (procedure.code, procedure.outcome, *(procedure.complication or ())),
        stated=when,
        onset=when,
        sites=procedure.body_site,
        encounter=encounter,
    )


def _study(study: resources.ImagingStudy, desk: _Desk) -> Iterator[Statement]:
    yield from _each(
        study.ref,
        desk,
        study.procedure_code,
        stated=partial_dates.parse(study.started),
        sites=[resources.CodeableConcept(coding=(s.body_site,)) for s in study.series or () if s.body_site],
        study=study.ref,
        modality=modality_of(study),
    )


def _report(report: resources.DiagnosticReport, desk: _Desk, modality: dict[str, str]) -> Iterator[Statement]:
    when = (
        partial_dates.parse(report.effective_date_time)
        or _begin(report.effective_period)
        or partial_dates.parse(report.issued)
    )
    study = next((r.reference for r in report.imaging_study or () if r.reference), "") or ""
    concepts = (report.code, *(report.conclusion_code or ()))
    yield from _each(
        report.ref,
        desk,
        concepts,
        stated=when,
        study=study,
        modality=modality.get(study, ""),
        basis=Basis.REPORT,
    )


def _observation(observation: resources.Observation, desk: _Desk) -> Iterator[Statement]:
    when = (
        partial_dates.parse(observation.effective_date_time)
        or _begin(observation.effective_period)
        or partial_dates.parse(observation.effective_instant)
        or partial_dates.parse(observation.issued)
    )
    yield from _each(
        observation.ref,
        desk,
        _observed(observation),
        stated=when,
        sites=(observation.body_site,) if observation.body_site else (),
        basis=Basis.VALUE,
        polarity=_polarity(observation),
    )


def _observed(observation: resources.Observation) -> tuple[resources.CodeableConcept | None, ...]:
    return observation.code, observation.value_codeable_concept, *(c.code for c in observation.component or ())


def _says(codes: Codes, *concepts: resources.CodeableConcept | None) -> bool:
    """Whether any code is known: most entries of a chart are about something else, and cost no more than this."""
    for concept in concepts:
        for coding in (concept.coding if concept else None) or ():
            if coding is not None and codes.hits(coding.system, coding.code):
                return True
    return False


def _polarity(observation: resources.Observation) -> Polarity:
    """An observation whose value says no: false, "absent", "negative" and the like."""
    if observation.value_boolean is False:
        return Polarity.NO
    value = observation.value_codeable_concept
    told = {words_of(value).lower(), (observation.value_string or "").strip().lower()}
    told |= {(c.display or "").strip().lower() for c in (value.coding if value else None) or () if c is not None}
    coded = {(c.system or "", c.code or "") for c in (value.coding if value else None) or () if c is not None}
    return Polarity.NO if told & _NO_WORDS or coded & _NO_CODES else Polarity.YES


def _plain(
    ref: str, concept: resources.CodeableConcept | None, desk: _Desk, stated: Span | None
) -> Iterator[Statement]:
    return _each(ref, desk, (concept,), stated=stated)


def _each(
    ref: str,
    desk: _Desk,
    concepts: Iterable[resources.CodeableConcept | None] | None,
    *,
    stated: Span | None,
    onset: Span | None = None,
    ended: Span | None = None,
    sites: Iterable[resources.CodeableConcept] | None = None,
    basis: Basis = Basis.CODE,
    polarity: Polarity = Polarity.YES,
    study: str = "",
    modality: str = "",
    closed: bool = False,
    encounter: str = "",
) -> Iterator[Statement]:
    """One statement per concept; several codes of one concept in one resource say it once.

    Level and side are worked out only when a code is known, for most entries of a chart are about something else.
    """
    seen: set[str] = set()
    said = tuple(concepts or ())
    where: tuple[Place, Side] | None = None
    for concept in said:
        for coding in (concept.coding if concept else None) or ():
            if coding is None:
                continue
            for hit in desk.codes.hits(coding.system, coding.code):
                if hit.concept in seen:
                    continue
                seen.add(hit.concept)
                place, side = where = where or _where(desk, said, sites)
                yield Statement(
                    concept=hit.concept,
                    source=ref,
                    basis=basis,
                    polarity=polarity,
                    stated=stated,
                    onset=onset,
                    ended=ended,
                    place=finest((hit.place, place)),
                    side=hit.side if hit.side is not Side.UNKNOWN else side,
                    study=study,
                    modality=modality,
                    words=words_of(concept),
                    closed=closed,
                    encounter=encounter,
                    code=coding.code or "",
                )


def _where(
    desk: _Desk,
    concepts: Iterable[resources.CodeableConcept | None],
    sites: Iterable[resources.CodeableConcept] | None,
) -> tuple[Place, Side]:
    """Level and side from the codes, the body sites and their words; the finest level wins."""
    sites = tuple(sites or ())
    site_codes = [(c.system, c.code) for s in sites for c in s.coding or () if c is not None]
    own = [(c.system, c.code) for k in concepts if k is not None for c in k.coding or () if c is not None]
    told = {words for c in (*concepts, *sites) if c is not None and (words := words_of(c))}
    heard = [hear(desk.heard, words) for words in told]
    places = [desk.codes.place_of_codes(site_codes), *(place for place, _ in heard)]
    sides = [desk.codes.side(*pair) for pair in (*own, *site_codes)] + [side for _, side in heard]
    return finest(places), one_side(sides)


def _begin(period: resources.Period | None) -> Span | None:
    return partial_dates.parse(period.start or period.end) if period else None


def _code(concept: resources.CodeableConcept | None) -> str:
    for coding in (concept.coding if concept else None) or ():
        if coding is not None and coding.code:
            return coding.code.strip().lower()
    return ""
