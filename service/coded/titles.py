"""What the name of a visit or of a report says: visits to physiotherapy and the pain clinic, operative reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.spans import Span
from service.domain.statements import Basis, Ref, Statement
from service.fhir import resources
from service.fhir.elements import (
    LONGEST_WORDS,
    document_stated,
    encounter_began,
    encounter_of,
    encounter_of_document,
    procedure_done,
    words_of,
)
from service.fhir.eligibility import is_void, takes_place, was_attended

_VISITS = (
    ("physiotherapy", re.compile(r"physio ?therap|physical therap|exercise therap|\bphysio\b")),
    ("pain-clinic-contact", re.compile(r"pain (?:clinic|medicine|management|service|unit|cent(?:er|re))")),
)
_OPERATIVE = re.compile(
    r"\boperati(?:ve|on)\b.{0,30}\b(?:note|report)|surgical (?:operation )?(?:note|report)|\bop note\b"
)


def visits(encounter: resources.Encounter) -> Iterator[Statement]:
    """The treatment that the type of an attended visit names."""
    told = " ; ".join(words_of(kind) for kind in encounter.type or ())
    if told and was_attended(encounter):
        yield from _named(told, encounter, encounter_began(encounter), encounter.ref)


def treatments(procedure: resources.Procedure) -> Iterator[Statement]:
    """The treatment that the words of a procedure name, where no code tells of it: "Physical therapy, 16 visits"."""
    told = words_of(procedure.code)
    if told and takes_place(procedure):
        yield from _named(told, procedure, procedure_done(procedure), encounter_of(procedure))


def papers(document: resources.DocumentReference | resources.Composition) -> Iterator[Statement]:
    """The physiotherapy from which a note comes, by its type; a pain physician writes after a single needle too."""
    told = words_of(document.type)
    if told and not is_void(document):
        every = _named(told, document, document_stated(document), encounter_of_document(document))
        yield from (each for each in every if each.concept == "physiotherapy")


def _named(
    told: str,
    entry: resources.Encounter | resources.Procedure | resources.DocumentReference | resources.Composition,
    when: Span | None,
    encounter: Ref,
) -> Iterator[Statement]:
    plain = told.lower()
    for concept, said in _VISITS:
        if said.search(plain):
            yield Statement(
                concept=concept,
                source=entry.ref,
                basis=Basis.CODE,
                stated=when,
                onset=when if entry.resource_type == "Procedure" else None,
                words=told[:LONGEST_WORDS],
                encounter=encounter,
                resource=entry.resource_type,
            )


def is_operative(report: resources.DiagnosticReport) -> bool:
    """Called an operative report, or a note on an operation."""
    return _OPERATIVE.search(words_of(report.code).lower()) is not None
