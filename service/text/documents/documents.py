"""Where a chart keeps words: a record in, its free texts out, each with what its resource says of date and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from service.domain.spans import Span
from service.domain.statements import Basis
from service.fhir import datatypes, elements, resources
from service.fhir.elements import modality_of
from service.fhir.eligibility import is_closed, is_doubtful, is_refuted, is_void
from service.fhir.record import Record
from service.text.documents.attachments import decoded
from service.text.documents.entries import Entry, Text
from service.text.documents.operative_reports import operative
from service.text.documents.papers import (
    document_entries,
    document_title,
    is_note,
    is_operative,
    shown,
    title_modality,
    title_words,
)
from service.text.documents.power_chart import power_told
from service.text.vocabulary.language import Language
from service.text.vocabulary.sections import Section

_VISIT = 160
"""Characters of a note on a problem that tells of a visit."""
LONGEST_TEXT = 1_000_000
"""Sentences of one text are numbered apart from those of the next by this."""

_INJECTED = re.compile(r"\b(?:block|inject|infiltrat)", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\W*(?:no|nil|without|not|\d+|good|full|complete|excellent|partial|minimal|little|did|pain|leg pain|back pain"
    r"|nrs|vas|relief)\b",
    re.IGNORECASE,
)
Knows = Callable[[str | None, str | None], bool]
"""Whether a code of a system is known; the display of one that is not is read as words."""


def nothing_known(system: str | None, code: str | None) -> bool:
    return False


def entries(record: Record, language: Language, knows: Knows = nothing_known) -> Iterator[Entry]:
    """Every resource that holds words, reports first, then notes, newest first; what is void or refuted is left out."""
    modalities = {study.ref: modality_of(study) for study in record.imaging_studies}
    for report in record.reports:
        if not is_void(report) and not _is_elsewhere(_title(report), language):
            yield from _report(report, modalities)
    starts = elements.encounter_starts(record)
    for condition in record.conditions:
        if not is_refuted(condition):
            yield from _condition(condition, starts, knows)
    for procedure in record.procedures:
        if not is_void(procedure):
            yield from _procedure(procedure, knows)
    for observation in record.observations:
        if not is_void(observation):
            yield from _observation(observation)
    for study in record.imaging_studies:
        if not is_void(study):
            yield from _study(study)
    for document in sorted(record.documents, key=lambda d: (d.date or "", d.ref), reverse=True):
        if not is_void(document) and not _is_elsewhere(document_title(document), language):
            yield from document_entries(document)


def _report(report: resources.DiagnosticReport, modalities: dict[str, str]) -> Iterator[Entry]:
    when, study = elements.report_done(report), elements.study_of(report)
    title = _title(report)
    words = frozenset(title_words(title))
    forms = [decoded(form) for form in report.presented_form or ()]
    told = [Text(form.text, when) for form in forms if form.text]
    problems = tuple(form.problem for form in forms if form.problem)
    if report.conclusion:
        told.append(Text(report.conclusion, when, Section.IMPRESSION))
    if not told and not problems:
        return
    if told and is_operative(words):
        yield operative(report.ref, title, told, when, elements.encounter_of(report), report.resource_type)
        return
    kind = "note" if is_note(words) else "report"
    yield Entry(
        ref=report.ref,
        kind=kind,
        basis=Basis.NOTE if kind == "note" else Basis.REPORT,
        texts=tuple(told),
        where=title,
        study=study,
        modality=modalities.get(study) or title_modality(title),
        encounter=elements.encounter_of(report),
        resource=report.resource_type,
        problems=problems,
    )


def _condition(condition: resources.Condition, starts: dict[str, Span | None], knows: Knows) -> Iterator[Entry]:
    stated = elements.condition_stated(condition, starts)
    named = tuple(_name(condition.code, stated, knows))
    notes = tuple(_notes(condition.note, stated))
    told = (*named, *(note for note in notes if not _is_visit(note)))
    if not notes and not named:
        return
    entry = Entry(
        ref=condition.ref,
        kind="condition",
        basis=Basis.NOTE,
        texts=told,
        onset=elements.condition_began(condition),
        ended=elements.condition_ended(condition),
        closed=is_closed(condition),
        doubtful=is_doubtful(condition),
        severity=elements.severity_words(condition),
        where=_where(condition.body_site, condition.code),
        encounter=elements.encounter_of(condition),
        resource=condition.resource_type,
    )
    if told:
        yield entry
    if visits := tuple(note for note in notes if _is_visit(note)):
        # A whole visit hung on a problem is read like any other note; what its problem began is not when it began.
        yield replace(entry, kind="note", texts=visits, onset=None, ended=None, counted=len(told))


def _is_visit(note: Text) -> bool:
    """Whether the note on a problem is a whole visit, and not a remark of a few words on it."""
    return len(note.words) >= _VISIT


def _procedure(procedure: resources.Procedure, knows: Knows) -> Iterator[Entry]:
    when = elements.procedure_done(procedure)
    named = tuple(_name(procedure.code, when, knows))
    told = (*named, *_results(_notes(procedure.note, when), named))
    if told:
        yield Entry(
            ref=procedure.ref,
            kind="procedure",
            basis=Basis.NOTE,
            texts=told,
            onset=when,
            where=_where(procedure.body_site, procedure.code),
            encounter=elements.encounter_of(procedure),
            resource=procedure.resource_type,
        )


def _observation(observation: resources.Observation) -> Iterator[Entry]:
    when = elements.observation_done(observation)
    words = power_told(observation) or observation.value_string
    value = (Text(words, when),) if words else ()
    told = (*value, *_notes(observation.note, when))
    if told:
        yield Entry(
            ref=observation.ref,
            kind="note",
            basis=Basis.NOTE,
            texts=told,
            encounter=elements.encounter_of(observation),
            resource=observation.resource_type,
        )


def _study(study: resources.ImagingStudy) -> Iterator[Entry]:
    when = elements.study_done(study)
    told = tuple(Text(words, when) for words in (study.description, *(n.text for n in study.note or ())) if words)
    if told:
        yield Entry(
            ref=study.ref,
            kind="report",
            basis=Basis.NOTE,
            texts=told,
            study=study.ref,
            modality=modality_of(study),
            encounter=elements.encounter_of(study),
            resource=study.resource_type,
        )


def _is_elsewhere(title: str, language: Language) -> bool:
    """A chest film or a knee MRI: its fractures and effusions are none of ours."""
    words = frozenset(title_words(title))
    return bool(words & language.elsewhere) and not words & language.spinal


def _title(report: resources.DiagnosticReport) -> str:
    return " ".join(shown(concept) for concept in (report.code, *(report.category or ())))[:300]


def _name(concept: datatypes.CodeableConcept | None, stated: Span | None, knows: Knows) -> Iterator[Text]:
    """The entry's own name: its text, else the displays of its codes, for a code may be unknown."""
    if concept is None:
        return
    if concept.text:
        yield Text(concept.text, stated, own_name=True)
        return
    coded = [c for c in concept.coding or () if c is not None]
    if any(knows(c.system, c.code) for c in coded):
        return
    for display in dict.fromkeys(c.display for c in coded if c.display):
        yield Text(display, stated, own_name=True)


def _notes(notes: Iterable[datatypes.Annotation] | None, stated: Span | None) -> Iterator[Text]:
    for note in notes or ():
        if note.text:
            yield Text(note.text, elements.note_stated(note) or stated)


def _results(notes: Iterable[Text], named: tuple[Text, ...]) -> Iterator[Text]:
    """What is noted on an injection is what came of it: "No effect at 6 weeks" is told of the place injected."""
    title = next((text.words for text in named if _INJECTED.search(text.words)), "")
    for note in notes:
        yield Text(f"{title}: {note.words}", note.stated) if title and _OUTCOME.match(note.words) else note


def _where(sites: Iterable[datatypes.CodeableConcept] | None, name: datatypes.CodeableConcept | None) -> str:
    return " ; ".join(shown(concept) for concept in (*(sites or ()), name))[:400]
