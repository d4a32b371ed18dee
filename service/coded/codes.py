"""Codes to statements: what every coded entry of the record says, as concepts of the vocabulary with where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from msgspec import Struct, field

from service.coded import devices, smoking, titles
from service.coded.anatomy import finest, hear
from service.domain.places import Place, Side, one_side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import datatypes, elements, resources
from service.fhir.elements import modality_of, words_of
from service.fhir.eligibility import is_closed, is_doubtful, is_in_use
from service.fhir.record import Record
from service.text.statements import attributes


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
    def title(self, system: str | None, code: str | None) -> str: ...


_NO_WORDS = frozenset({"no", "none", "absent", "negative", "normal", "not present", "not detected", "false"})
_NO_CODES = frozenset({("http://terminology.hl7.org/CodeSystem/v2-0136", "N")})


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
    starts = elements.encounter_starts(record)
    desk = _Desk(codes)
    found: list[Statement] = []
    for condition in record.conditions:
        if _says(codes, condition.code, condition.severity):
            found += _condition(condition, desk, starts)
    for procedure in record.procedures:
        if _says(codes, procedure.code, procedure.outcome, *(procedure.complication or ())):
            found += _procedure(procedure, desk)
        found += titles.treatments(procedure)
    for study in record.imaging_studies:
        if _says(codes, *(study.procedure_code or ())):
            found += _study(study, desk)
    modality = {study.ref: modality_of(study) for study in record.imaging_studies} if record.reports else {}
    for report in record.reports:
        if _says(codes, report.code, *(report.conclusion_code or ())):
            found += _report(report, desk, modality)
    for observation in record.observations:
        asked = smoking.is_asked(observation)
        if _says(codes, *_observed(observation)):
            found += (s for s in _observation(observation, desk) if not asked or s.concept != "smoking")
        if asked and (answer := smoking.read(observation, record.as_of)):
            found.append(answer)
    for allergy in record.allergies:
        found += _each(allergy, desk, (allergy.code,), stated=elements.allergy_stated(allergy))
    for device in record.devices:
        if is_in_use(device):
            found += _each(device, desk, (device.type,), stated=None)
            found += devices.read(device)
    for request in record.service_requests:
        stated = elements.request_stated(request)
        found += _each(request, desk, (request.code,), sites=request.body_site, stated=stated)
    for encounter in record.encounters:
        stated = elements.encounter_began(encounter)
        found += _each(encounter, desk, encounter.reason_code, stated=stated, encounter=encounter.ref)
        found += titles.visits(encounter)
    for document in record.documents:
        found += titles.papers(document)
    return tuple(found) if _are_all_different(found) else tuple(dict.fromkeys(found))


def _are_all_different(found: list[Statement]) -> bool:
    """They are, unless the record holds an entry twice; to compare whole statements costs much more."""
    return len({(s.source, s.concept) for s in found}) == len(found)


def _condition(condition: resources.Condition, desk: _Desk, starts: dict[str, Span | None]) -> Iterator[Statement]:
    yield from _each(
        condition,
        desk,
        (condition.code, condition.severity),
        stated=elements.condition_stated(condition, starts),
        onset=elements.condition_began(condition),
        ended=elements.condition_ended(condition),
        sites=condition.body_site,
        closed=is_closed(condition),
        encounter=elements.encounter_of(condition),
        polarity=Polarity.UNCERTAIN if is_doubtful(condition) else Polarity.YES,
        severity=elements.severity_words(condition),
    )


def _procedure(procedure: resources.Procedure, desk: _Desk) -> Iterator[Statement]:
    when = elements.procedure_done(procedure)
    yield from _each(
        procedure,
        desk,
        (procedure.code, procedure.outcome, *(procedure.complication or ())),
        stated=when,
        onset=when,
        sites=procedure.body_site,
        encounter=elements.encounter_of(procedure),
    )


def _study(study: resources.ImagingStudy, desk: _Desk) -> Iterator[Statement]:
    yield from _each(
        study,
        desk,
        study.procedure_code,
        stated=elements.study_done(study),
        sites=[datatypes.CodeableConcept(coding=(s.body_site,)) for s in study.series or () if s.body_site],
        study=study.ref,
        modality=modality_of(study),
    )


def _report(report: resources.DiagnosticReport, desk: _Desk, modality: dict[str, str]) -> Iterator[Statement]:
    study = elements.study_of(report)
    concepts = (report.code, *(report.conclusion_code or ()))
    yield from _each(
        report,
        desk,
        concepts,
        stated=elements.report_done(report),
        study=study,
        modality=modality.get(study, ""),
        basis=Basis.REPORT,
    )


def _observation(observation: resources.Observation, desk: _Desk) -> Iterator[Statement]:
    yield from _each(
        observation,
        desk,
        _observed(observation),
        stated=elements.observation_done(observation),
        sites=(observation.body_site,) if observation.body_site else (),
        basis=Basis.VALUE,
        polarity=_polarity(observation),
    )


def _observed(observation: resources.Observation) -> tuple[datatypes.CodeableConcept | None, ...]:
    return observation.code, observation.value_codeable_concept, *(c.code for c in observation.component or ())


def _says(codes: Codes, *concepts: datatypes.CodeableConcept | None) -> bool:
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


def _each(
    resource: resources.Resource,
    desk: _Desk,
    concepts: Iterable[datatypes.CodeableConcept | None] | None,
    *,
    stated: Span | None,
    onset: Span | None = None,
    ended: Span | None = None,
    sites: Iterable[datatypes.CodeableConcept] | None = None,
    basis: Basis = Basis.CODE,
    polarity: Polarity = Polarity.YES,
    study: str = "",
    modality: str = "",
    closed: bool = False,
    encounter: str = "",
    severity: str = "",
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
                words = words_of(concept)
                yield Statement(
                    concept=hit.concept,
                    source=resource.ref,
                    basis=basis,
                    polarity=polarity,
                    stated=stated,
                    onset=onset,
                    ended=ended,
                    place=finest((hit.place, place)),
                    side=hit.side if hit.side is not Side.UNKNOWN else side,
                    study=study,
                    modality=modality,
                    words=words,
                    closed=closed,
                    encounter=encounter,
                    code=coding.code or "",
                    resource=resource.resource_type,
                    attributes=attributes.read(hit.concept, words, severity),
                )


def _where(
    desk: _Desk,
    concepts: Iterable[datatypes.CodeableConcept | None],
    sites: Iterable[datatypes.CodeableConcept] | None,
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
